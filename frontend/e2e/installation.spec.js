// From an empty installation to a student who has paid: the first operator, a school, its officer, a collection, its roster
// of 5,000 rows, the poster, and the progress that counts the student.
import { watcher } from './support/axe.js';
import { DESKTOP, PHONE_BROWSER } from './support/browser.js';
import { Colleague, fromBase32 } from './support/colleague.js';
import { install } from './support/installation.js';
import { advanceClock } from './support/product.js';
import { earlierRoster, studentAt, wholeRoster } from './support/roster.js';
import { Student } from './support/student.js';
import { expect, guard, test as base } from './support/test.js';

const MINUTE = 60;
const HOUR = 3600;
const DAY_MS = 86_400_000;
/** China is so far ahead of UTC. */
const CHINA_MS = 8 * 3_600_000;
/** Who is corrected by hand between the two files, and how many of the others change their subject. */
const CHANGES = { updated: 5, corrected: 7 };

const operatorPhone = '13900000061';
const officerPhone = '13900000062';
const listed = studentAt(4_000);

/** A moment as a field for day and time takes it, by China's clock. */
const typed = (ms) => new Date(ms + CHINA_MS).toISOString().slice(0, 16);

const test = base.extend({
  installation: async ({}, use) => {
    const installation = await install();
    await use(installation);
    expect(await installation.stop(), 'the server ends as it was told').toBe(0);
  },
  baseURL: ({ installation }, use) => use(installation.origin),
});

test.use({ ...DESKTOP, locale: 'zh-CN' });

/** Logs in for the first time: an authenticator is set up, and the recovery codes are saved. */
async function logInFirst(colleague) {
  const { page, person } = colleague;
  await colleague.logInByPhone();
  await colleague.arriveAt('设置验证器');
  await colleague.button('开始设置').click();
  person.secret = fromBase32(await page.locator('.secret').textContent());
  await colleague.field('动态码').fill(await colleague.code());
  await colleague.button('绑定').click();
  await colleague.arriveAt('保存恢复码');
  await page.getByRole('checkbox', { name: '我已保存好这些恢复码' }).check();
  await colleague.button('进入管理台').click();
  await colleague.arriveAt(colleague.words.hello(person.name));
}

/** How many rows got which verdict, as the page tells it. */
async function verdicts(page) {
  const rows = page.getByRole('region', { name: '检查结果' }).locator('tbody tr');
  const cells = await rows.evaluateAll((found) => found.map(({ cells }) => [cells[0].innerText, Number(cells[1].innerText)]));
  return Object.fromEntries(cells);
}

/** Sends a roster file and waits until it was looked through. */
async function sendRoster(officer, file) {
  const { page } = officer;
  await officer.arriveAt('导入名单');
  await officer.field('名单文件').setInputFiles(file);
  await officer.button('上传并检查').click();
  await expect(page.getByRole('heading', { name: '待确认' })).toBeVisible();
}

/** Takes the file that was looked through. */
async function takeRoster(officer) {
  await officer.button('导入名单').click();
  await expect(officer.page.getByRole('heading', { name: '已导入' })).toBeVisible();
}

async function makeSchool(operator, look) {
  const { page } = operator;
  await expect(page.getByText('还没有学校').first()).toBeVisible();
  await look('empty');
  await operator.link('学校').click();
  await operator.arriveAt('学校');
  await operator.button('新建学校').click();
  await operator.field('名称').fill('滨海大学');
  await operator.field('教育部院校代码').fill('99061');
  await operator.field('学校联系方式').fill('教务处 0532-7654321');
  await page.getByRole('dialog').getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('row', { name: /滨海大学/ }).click();
  await page.getByRole('complementary').getByRole('link', { name: '邀请学校管理员' }).click();
  await operator.arriveAt('本校人员');
  await operator.button('邀请人员').click();
  await operator.field('姓名').fill('林老师');
  await operator.field('手机号').fill(officerPhone);
  await page.getByRole('radio', { name: '学校管理员' }).check();
  await operator.button('发送邀请').click();
  await expect(page.getByRole('status').filter({ hasText: '已邀请 林老师' })).toBeVisible();
}

async function publishTask(officer, look) {
  const { page } = officer;
  await expect(page.getByRole('heading', { name: '滨海大学：开始采集' })).toBeVisible();
  await look('first-steps');
  await officer.link('新建采集任务').click();
  await officer.arriveAt('新建采集任务');
  const now = await advanceClock(0);
  await officer.field('任务名称').fill('2027 届毕业生图像采集');
  await officer.field('开始时间（北京时间）').fill(typed(now - DAY_MS));
  await officer.field('截止时间（北京时间）').fill(typed(now + 30 * DAY_MS));
  await officer.field('图像采集费（元）').fill('20');
  await page.locator('input[name=payer][value=student]').check();
  await officer.field('参加对象（中文）').fill('2027 届全体毕业生');
  await officer.field('参加对象（英文）').fill('All graduates of 2027');
  await officer.field('学生咨询方式').fill('教务处 0532-7654321');
  await officer.button('保存设置').click();
  await officer.arriveAt('2027 届毕业生图像采集');
  await officer.button('发布任务').click();
  await page.getByRole('dialog').getByRole('button', { name: '发布任务' }).click();
  await expect(page.getByText('已发布', { exact: true })).toBeVisible();
}

async function correctByHand(officer, { XH, XM }) {
  const { page } = officer;
  await officer.link('查看名单').click();
  await officer.arriveAt('名单');
  await officer.field('学号、证件号或完整姓名').fill(XH);
  await page.keyboard.press('Enter');
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await page.getByRole('row', { name: new RegExp(XH) }).click();
  await page.getByRole('complementary').getByRole('button', { name: '修改', exact: true }).click();
  await page.getByRole('dialog').getByLabel('姓名', { exact: true }).fill(`${XM.slice(0, 2)}䶮`);
  await page.getByRole('dialog').getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('row', { name: new RegExp(XH) })).toContainText('䶮');
  await officer.link('导入名单').click();
}

/** From the poster's link to the receipt, on a phone. */
async function takePart(browser, { baseURL, link }) {
  const device = await browser.newContext({ ...PHONE_BROWSER, baseURL });
  const faults = await guard(device, baseURL);
  const person = { phone: '13800000061', number: listed.ZJHM, level: 'ba', name: listed.XM, isNameAsked: true };
  const student = new Student(await device.newPage(), person);
  await student.takePart(link);
  await device.close();
  expect(faults, 'what no page may do').toEqual([]);
}

test('an empty installation comes to a student who has paid', async ({ page, browser, installation }) => {
  await advanceClock(HOUR);
  const { look, wrong } = watcher(page, '1280-zh-installation');
  const operator = new Colleague(page, { phone: operatorPhone, name: '平台运营' });
  const officer = new Colleague(page, { phone: officerPhone, name: '林老师' });
  const roster = wholeRoster(CHANGES);

  await test.step('the first operator comes from the command line', async () => {
    const told = await installation.run('staff', 'create', '--operator', operatorPhone);
    expect(told).toContain(`${installation.origin}/console`);
    await installation.start();
    await logInFirst(operator);
  });
  await test.step('the operator makes a school and invites its officer', () => makeSchool(operator, look));
  await operator.logOut();

  // The invitation was a message too, and one is sent in a minute.
  await advanceClock(MINUTE);
  await test.step('the officer makes a collection and publishes it', async () => {
    await logInFirst(officer);
    await publishTask(officer, look);
  });
  await test.step('the first few students are listed, and one is corrected by hand', async () => {
    await officer.link('导入名单').click();
    await sendRoster(officer, { name: '先行班.csv', mimeType: 'text/csv', buffer: earlierRoster() });
    expect(await verdicts(page)).toEqual({ 新增: 30 });
    await takeRoster(officer);
    await correctByHand(officer, roster.corrected);
  });
  await test.step('the whole roster has rows of every kind, and each is told', async () => {
    await sendRoster(officer, { name: 'XJ2027.DBF', mimeType: 'application/octet-stream', buffer: roster.file });
    expect(await verdicts(page)).toEqual(roster.expected);
    await look('checked');
    await takeRoster(officer);
    await officer.link('返回任务').click();
  });
  await test.step('the poster leads a student there, who verifies, sends a photo and pays', async () => {
    await officer.link('打印海报').click();
    await officer.arriveAt('海报');
    const link = await page.locator('.poster-link').textContent();
    await takePart(browser, { baseURL: installation.origin, link });
  });
  await test.step('the progress counts the student', async () => {
    await page.goBack();
    await officer.link('进度').click();
    await officer.arriveAt('进度');
    const of = (state) => page.locator('.fact', { hasText: state }).locator('dd').first();
    await expect(of('已支付待审核')).toHaveText('1');
    await expect(of('未核验')).toHaveText(String(roster.expected['新增'] + 30 - 1));
    await look('progress');
  });
  expect(wrong).toEqual([]);
});
