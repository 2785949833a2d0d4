// The roster of a university: 5,000 students as a student record system writes them (DBF, GBK), with every slip that such
// files have.

/** How many rows the file has. */
const ROWS = 5_000;
/** How many students were listed before, from a file of their own. */
const LISTED = 30;

const SURNAMES = [...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗'];
const GIVEN = [...'子涵一诺浩宇欣怡梓萱俊杰思远雨桐嘉懿明轩若曦博文'];
const COLLEGES = ['海洋学院', '文学院', '数学科学学院', '化学化工学院', '信息工程学院', '外国语学院', '艺术学院', '医学院'];
const MAJORS = ['海洋科学', '汉语言文学', '数学与应用数学', '应用化学', '计算机科学与技术', '英语', '视觉传达设计', '临床医学'];

/** The fields of the file with their widths in bytes. Source: docs/sources.md#roster-columns. */
const FIELDS = [
  ['XM', 21], ['ZJLX', 10], ['ZJHM', 18], ['CC', 10], ['XH', 12], ['FY', 30], ['ZYMC', 30], ['BH', 20], ['YJBYRQ', 8],
];

/** A number of an identity card; its check character. Source: GB 11643. */
function idNumber(birth, serial) {
  const digits = `110101${birth}${String(serial).padStart(3, '0')}`;
  const weighted = [...digits].reduce((sum, digit, place) => sum + Number(digit) * (2 ** (17 - place) % 11), 0);
  return digits + '10X98765432'[weighted % 11];
}

/** A student by their place on the list, as the fields of the file are. */
export function studentAt(place) {
  const day = new Date(Date.UTC(2003, 0, 1 + (place % 1_000))).toISOString().slice(0, 10).replaceAll('-', '');
  const branch = place % COLLEGES.length;
  const name = SURNAMES[place % SURNAMES.length] + GIVEN[place % 19] + GIVEN[(place * 7) % 23];
  return {
    XM: name,
    ZJLX: '居民身份证',
    ZJHM: idNumber(day, Math.floor(place / 1_000) + 1),
    CC: place % 10 === 9 ? '硕士' : '本科',
    XH: String(2_023_000_001 + place),
    FY: COLLEGES[branch],
    ZYMC: MAJORS[branch],
    BH: `${COLLEGES[branch].slice(0, 2)}23${1 + (place % 3)}`,
    YJBYRQ: '20270630',
  };
}

/** Everybody who was listed before, as CSV in UTF-8. */
export function earlierRoster() {
  const lines = Array.from({ length: LISTED }, (_, place) => Object.values(studentAt(place)).join(','));
  return Buffer.from([FIELDS.map(([name]) => name).join(','), ...lines, ''].join('\r\n'));
}

/** Rows as they should not be, each with what becomes of it. */
function slips() {
  const wrong = (place, change) => ({ ...studentAt(place), ...change });
  const number = studentAt(6_000).ZJHM;
  const otherCheck = number.endsWith('1') ? '2' : '1';
  return [
    ['文件内重复', studentAt(100)],
    ['文件内证件号冲突', wrong(101, { XM: '欧阳另人' })],
    ['证件号丢失末位数字', wrong(6_001, { ZJHM: '4.20106E+17' })],
    ['证件号校验位错误', wrong(6_000, { ZJHM: number.slice(0, 17) + otherCheck })],
    ['证件号格式错误', wrong(6_002, { ZJHM: '1101012003010' })],
    ['日期无效', wrong(6_003, { YJBYRQ: '20270631' })],
    ['学历层次无法识别', wrong(6_004, { CC: '研究生' })],
    ['含乱码字符', wrong(6_005, { XM: '锟斤拷' })],
    ['字段截断了汉字', wrong(6_006, { XM: '阿依古丽·买买提吐尔逊' })],
    ['单元格无法使用', wrong(6_007, { XM: '张\u0007三' })],
    ['缺少姓名', wrong(6_008, { XM: '' })],
    ['缺少证件号', wrong(6_009, { ZJHM: '' })],
  ];
}

/**
 * The whole file, and what is to become of how many rows. Of those who were listed, the last is not in it, the first
 * `updated` study something else now, and the one at `corrected` was corrected by hand since.
 */
export function wholeRoster({ updated, corrected }) {
  const wrong = slips();
  const right = Array.from({ length: ROWS - wrong.length + 1 }, (_, place) => studentAt(place));
  right.splice(LISTED - 1, 1);
  for (const student of right.slice(0, updated)) {
    student.ZYMC = '海洋技术';
  }
  // Two are taken and told about: a character of the name is lost, and the zeros before a number.
  right[2_000].XM = '陈??';
  right[2_001].XH = '23002001';
  const rows = [...right];
  wrong.forEach(([, row], index) => rows.splice(300 * (index + 1), 0, row));
  const known = LISTED - 1;
  return {
    file: dbf(rows),
    corrected: studentAt(corrected),
    expected: {
      新增: right.length - known,
      更新: updated,
      无变化: known - updated - 1,
      保留人工修改: 1,
      姓名缺字: 1,
      学号疑似丢失前导零: 1,
      名单有而文件无: 1,
      ...Object.fromEntries(wrong.map(([verdict]) => [verdict, 1])),
    },
  };
}

/** The two bytes of every character that GBK has: the browser's tables turned around. */
function gbkBytes() {
  const [decoder, bytes] = [new TextDecoder('gbk'), new Map()];
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const pair = [lead, trail];
      const text = decoder.decode(Uint8Array.from(pair));
      if (text.length === 1 && text !== '\ufffd' && !bytes.has(text)) {
        bytes.set(text, pair);
      }
    }
  }
  return bytes;
}

/** The rows as a file of dBase III that names no encoding. Source: docs/sources.md#dbf. */
function dbf(rows) {
  const known = gbkBytes();
  const encoded = (text) => Buffer.from([...text].flatMap((one) => known.get(one) ?? [one.charCodeAt(0)]));
  const recordBytes = 1 + FIELDS.reduce((sum, [, width]) => sum + width, 0);
  const header = Buffer.alloc(32 + 32 * FIELDS.length + 1);
  header.set([3, 126, 4, 20]);
  header.writeUInt32LE(rows.length, 4);
  header.writeUInt16LE(header.length, 8);
  header.writeUInt16LE(recordBytes, 10);
  FIELDS.forEach(([name, width], index) => {
    const at = 32 * (index + 1);
    header.write(`${name}\0`, at, 'latin1');
    header.write('C', at + 11, 'latin1');
    header[at + 16] = width;
  });
  header[header.length - 1] = 0x0d;
  const body = Buffer.alloc(recordBytes * rows.length, ' ');
  rows.forEach((row, index) => {
    let at = index * recordBytes + 1;
    for (const [name, width] of FIELDS) {
      // A text that is too long is cut, in the middle of a character where that is where the field ends.
      encoded(row[name]).copy(body, at, 0, width);
      at += width;
    }
  });
  return Buffer.concat([header, body, Buffer.from([0x1a])]);
}
