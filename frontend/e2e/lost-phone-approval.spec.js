// A lost phone: two people approve the report in the console, whoever has the old number sees it on every page, and a day
// later the account has its new number.
import { watcher } from './support/axe.js';
import { DESKTOP, PHONE_BROWSER } from './support/browser.js';
import { captchaToken } from './support/captcha.js';
import { Colleague, staff } from './support/colleague.js';
import { people } from './support/people.js';
import { advanceClock, messagesTo, origin } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;
const MINUTE = 60;
/** A new number takes effect so long after its second approval; a second more for the work that does it. */
const DAY_S = 86_402;
/** What a phone shows below its browser's bar. */
const SCREENFUL = { width: 360, height: 740 };

test.use({ ...DESKTOP, locale: 'zh-CN' });

/** Logs in on a phone, verified where nobody was before. */
async function verified(browser, person) {
  const device = await browser.newContext({ ...PHONE_BROWSER, viewport: SCREENFUL, baseURL: origin });
  const student = new Student(await device.newPage(), person);
  await student.logIn();
  if ((await student.enrolments()).length === 0) {
    await student.chooseSchool();
    await student.verify();
  }
  return student;
}

/** What was sent to a phone. */
const textsTo = async (phone) => (await messagesTo(phone)).map(({ text }) => text).join();

/** Reports a phone as lost, as somebody does who is not logged in; gives the reference. */
async function report({ phone, newPhone, number, name }) {
  const answer = await fetch(`${origin}/api/v1/auth/lost-phone-reports`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin },
    body: JSON.stringify({
      name, school: staff.officer.school, document_type: 'cn_id', document_number: number, old_phone: phone, new_phone: newPhone,
      note: '手机掉进了河里', captcha_token: await captchaToken(),
    }),
  });
  expect(answer.status).toBe(201);
  return (await answer.json()).reference;
}

/** Approves a report on the console's page; `said` is what the page then says of it. */
async function approve(colleague, { reference, look, said }) {
  const { page } = colleague;
  await colleague.link('手机号找回').click();
  await colleague.arriveAt('手机号找回');
  await page.getByRole('row', { name: new RegExp(reference) }).click();
  const panel = page.getByRole('complementary');
  await expect(panel.getByText('证件号一致')).toBeVisible();
  await look('lost-phone');
  await panel.getByRole('button', { name: '批准' }).click();
  const dialog = page.getByRole('dialog');
  await look('lost-phone-approve');
  await dialog.getByRole('button', { name: '批准' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(panel.getByText(said)).toBeVisible();
  await expect(panel.getByRole('button', { name: '批准' }), 'nobody approves twice').toHaveCount(0);
  await look('lost-phone-approved');
}

test('two people approve, the old number is warned, and a day later the new one logs in', async ({ page, browser }) => {
  await advanceClock(HOUR);
  const person = people.zhou;
  const student = await verified(browser, person);
  const [before] = await student.enrolments();
  const reference = await report(person);
  const told = watcher(page, '1280-zh-operator');
  const operator = new Colleague(page, staff.operator);
  await operator.logIn();
  await approve(operator, { reference, look: told.look, said: '还须由另一个人批准' });

  const desk = await browser.newContext({ ...DESKTOP, locale: 'zh-CN', baseURL: origin });
  const officer = new Colleague(await desk.newPage(), staff.officer);
  const second = watcher(officer.page, '1280-zh-officer');
  await officer.logIn();
  await approve(officer, { reference, look: second.look, said: '换成新号码。' });
  await desk.close();
  // One message a minute goes to a phone; the code was one.
  await advanceClock(MINUTE);

  const seen = watcher(student.page, '360-zh');
  await test.step('whoever has the old number is told, and sees it on the page that comes', async () => {
    await expect.poll(() => textsTo(person.phone), 'the background work runs every few seconds').toContain('24小时后生效');
    await student.page.goto('/');
    await expect(student.page.getByText('这个账号将换成另一个手机号')).toBeVisible();
    await expect(student.page.getByText('138****0052')).toBeVisible();
    await seen.look('recovery');
    await student.button('拒绝换号').click();
    await seen.look('recovery-refuse');
    await student.button('我申请的，不拒绝').click();
  });

  await advanceClock(DAY_S);
  await test.step('the new number has the account, and the old one is logged out', async () => {
    await expect.poll(() => textsTo(person.newPhone)).toContain('手机号已更换');
    await student.page.goto('/');
    await student.arriveAt(student.words.loginTitle);
    await advanceClock(MINUTE);
    const again = new Student(student.page, { ...person, phone: person.newPhone });
    await again.logIn();
    expect((await again.enrolments()).map(({ id }) => id)).toContain(before.id);
    await expect(again.page.getByText('这个账号将换成另一个手机号')).toHaveCount(0);
  });
  await student.page.context().close();
  expect([...told.wrong, ...second.wrong, ...seen.wrong]).toEqual([]);
});
