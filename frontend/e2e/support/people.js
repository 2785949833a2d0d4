// The sample students of `gradphoto sample-data`, one for each test, each with a phone of their own.

const BEIYI = { school: '北医', kind: null };

/**
 * Who hands in a photo where. A `kind` is the document's, where it is not the identity card; `shown` is what the pages
 * show of the name where the task does not ask for it.
 */
export const people = {
  zhang: { ...BEIYI, phone: '13800000001', number: '110105200101019018', level: 'msc', name: '张晓明', shown: '**明' },
  li: { ...BEIYI, phone: '13800000002', number: '110105199906159020', level: 'phd', name: '李若水', shown: '**水' },
  wang: { ...BEIYI, phone: '13800000003', number: '310104200112039031', level: 'msc', name: '王小雨', shown: '**雨' },
  gulimire: { ...BEIYI, phone: '13800000004', number: '653101200108089046', level: 'msc', name: '古丽米热·艾比布力', shown: '********力' },
  chen: { ...BEIYI, phone: '13800000005', number: '440306200303019052', level: 'ba', name: '陈䶮', shown: '*䶮' },
  zhou: { ...BEIYI, phone: '13800000006', newPhone: '13800000052', number: '33010220040704906X', level: 'ba', name: '周可可', shown: '**可' },
  anna: { ...BEIYI, phone: '13800000007', kind: 'passport', number: 'E99990001', level: 'msc', name: 'ANNA EXAMPLE', shown: 'A*** E***' },
  he: { ...BEIYI, phone: '13800000008', kind: 'hkmo_permit', number: 'H99990002', level: 'msc', name: '何示例', shown: '**例' },
  lin: { ...BEIYI, phone: '13800000009', kind: 'tw_permit', number: '99990003', level: 'phd', name: '林示例', shown: '**例' },
  zhao: { phone: '13800000010', school: '示例大学', kind: null, number: '510104200409099075', level: 'ba', name: '赵一帆' },
  qian: { phone: '13800000015', school: '示大南校', kind: null, number: '320505200410109085', level: 'ba', name: '钱多多', studentNo: '2210501002' },
  /** Who holds a document of another kind. */
  lu: { phone: '13800000014', school: '示大', kind: 'other', number: 'K999903(4)', level: 'ba', name: '卢示例', isNameAsked: true },
  /** Whose school demands the camera of the page and has accounts of its own for money. */
  artist: { phone: '13800000016', school: '样例艺术学院', kind: null, number: '330106200302149123', level: 'ba', name: '何自收', isNameAsked: true },
  /** Of no school; a keyboard for Chinese may type full-width figures. */
  nobody: { phone: '13800000011', typed: '１３８００００００１１' },
  /** Whose phone is of Hong Kong; the tests type it. */
  newcomer: { phone: '85291234567' },
  ma: {
    phone: '13800000020',
    school: '示大南校',
    kind: 'hkmotw_residence',
    number: '810000200105209108',
    level: 'msc',
    name: '马示例',
    studentNo: '2310501001',
    isNameAsked: true,
  },
  /** Who has an image-capture code. */
  withCode: { phone: '13800000097' },
  /** Two who use one browser, and one who uses two. */
  first: { ...BEIYI, phone: '13800000017' },
  second: { ...BEIYI, phone: '13800000018' },
  traveller: { phone: '13800000019' },
  /** Three who paste what they have. */
  pasting: { phone: '13800000021' },
  pasting2: {
    ...BEIYI,
    phone: '13800000022',
    kind: 'hkmo_permit',
    number: 'ha 999 9005',
    level: 'msc',
    name: 'MARIA EXAMPLE',
    shown: 'M*** E***',
  },
  pasting3: { phone: '13800000023', school: '示例大学', kind: null, number: '11010519491231002X', level: 'ba', name: '赵二帆', isNameAsked: true },
  /** Whose pages are in either language. */
  bilingual: { phone: '13800000024' },
  reader: { phone: '13800000025' },
  /** Who makes mistakes in forms; the second one's task has one level. */
  typist: { ...BEIYI, phone: '13800000030' },
  typist2: { phone: '13800000031', school: '样例艺术学院' },
  /** Who looks at every page. */
  tourist: { ...BEIYI, phone: '13800000032', number: '110108200211239133', level: 'ba', name: '唐小满', shown: '**满' },
  tourist2: { ...BEIYI, phone: '13800000033', kind: 'hkmo_permit', number: 'MA9999006', level: 'ba', name: 'JOSÉ DA EXAMPLE', shown: 'J*** D*** E***' },
  /** Who looks up a school's link, and who follows it. */
  linked: { ...BEIYI, phone: '13800000034' },
  linked2: { ...BEIYI, phone: '13800000036' },
  /** Who reads in narrow windows and forced colours. */
  watcher: { ...BEIYI, phone: '13800000035' },
  /** On the roster that a test imports. */
  listed: { phone: '13800000041', school: '海滨大学', kind: null, number: '110102199702280014', level: 'ba', name: '林一帆', isNameAsked: true },
  /** Whose photo is reviewed by the school and by the bureau; the test makes the collection. */
  reviewed: { phone: '13800000051', kind: null, number: '110102199702280014', level: 'ba', name: '林一帆', isNameAsked: true },
  mover: { phone: '13800000012', newPhone: '13800000013' },
  leaver: { phone: '13800000021' },
};
