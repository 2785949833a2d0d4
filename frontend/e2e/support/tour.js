// A walk through every page and state of a student's journey, in either language: for pictures and for checks of each page.
import { expect } from './test.js';

/** A number that is right in itself and on no roster. */
const UNKNOWN = '11010519491231002X';
/** A number whose last character is wrong. */
const MISTYPED = '110105200101019017';
/** Schools whose task is open, to come, over, and one that does not exist. */
const SCHOOLS = { open: '北医', upcoming: '示例理工大学', ended: '示例医学院', none: '没有这所大学' };

/**
 * Walks and calls `see` with the name of each state, once it is drawn.
 * @param {import('./student.js').Student} student who is not verified yet and has to pay ¥20.00
 * @param {(name: string) => Promise<void>} see
 */
export async function tour(student, see) {
  await visit(student, see);
  await logIn(student, see);
  await findSchool(student, see);
  await proveIdentity(student, see);
  await handInPhoto(student, see);
  await pay(student, see);
  await account(student, see);
}

/** What anybody can open. */
async function visit(student, see) {
  const { page, words } = student;
  await page.goto('/help');
  await student.arriveAt(words.helpTitle);
  await page.locator('details summary').first().click();
  await see('help');
  await page.goto('/agreements/service_agreement');
  await expect(page.locator('.prose p').first()).toBeVisible();
  await see('agreement-page');
  await page.goto('/lost-phone');
  await student.arriveAt(words.lostPhoneTitle);
  await see('lost-phone');
  await student.button(words.lostPhoneSend).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await see('lost-phone-wrong');
  await page.goto('/nowhere');
  await student.arriveAt(words.nowhereTitle);
  await see('not-found');
}

async function logIn(student, see) {
  const { page, words } = student;
  await page.goto('/');
  await student.arriveAt(words.loginTitle);
  await see('login');
  await student.button(words.getCode).click();
  await expect(page.getByText(words.agreeFirst)).toBeVisible();
  await see('login-wrong');
  await student.button(words.readAll).click();
  await expect(page.getByRole('dialog').locator('.prose p').first()).toBeVisible();
  await see('agreement');
  await page.keyboard.press('Escape');
  await student.askForCode();
  await page.locator('details summary').click();
  await see('code');
  await student.enterCode();
}

async function findSchool(student, see) {
  const { page, words } = student;
  await student.arriveAt(words.schoolTitle);
  await see('school');
  await student.field(words.school).pressSequentially('示例');
  await expect(page.getByRole('listbox', { name: words.suggestions })).toBeVisible();
  await see('school-suggestions');
  for (const [name, school] of Object.entries(SCHOOLS)) {
    await student.field(words.school).fill(school);
    await student.button(words.find).click();
    const found = page.getByText(words.found).or(page.getByRole('alert'));
    await expect(found.first()).toBeVisible();
    await see(`school-${name}`);
  }
  await student.chooseSchool();
  const task = new URL(page.url()).pathname.split('/')[2];
  await page.goto(`/t/${task}`);
  await student.arriveAt(words.taskLinkTitle);
  await expect(student.link(words.toIdentity)).toBeVisible();
  await see('task-link');
  await student.link(words.toIdentity).click();
  await student.arriveAt(words.identityTitle);
}

async function proveIdentity(student, see) {
  const { page, words } = student;
  await see('identity');
  await student.field(words.number).fill(MISTYPED);
  await student.radio('phd').check();
  await expect(page.getByRole('alert')).toBeVisible();
  await see('identity-wrong');
  await student.field(words.number).fill(UNKNOWN);
  await student.button(words.verify).click();
  await expect(student.button(words.askSchool)).toBeVisible();
  await see('identity-unknown');
  await student.button(words.askSchool).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await see('identity-ticket');
  await page.keyboard.press('Escape');
  await student.button(words.otherKinds).click();
  await see('identity-kinds');
  await page.reload();
  await expect(student.button(words.verify)).toBeVisible();
  await student.verify();
}

async function handInPhoto(student, see) {
  const { page, words } = student;
  await see('consent');
  await student.consent();
  await see('photo');
  const buffer = Buffer.from('%PDF-1.7\n');
  await student.field(words.pick).setInputFiles({ name: 'scan.jpg', mimeType: 'image/jpeg', buffer });
  await expect(page.getByRole('alert')).toBeVisible();
  await see('photo-refused');
  await student.choosePhoto();
  await expect(page.locator('.guide-line')).toHaveCount(4);
  await see('frame');
  const throttle = await slowUploads(page);
  await throttle(20_000);
  await student.button(words.use).click();
  await expect(page.getByText(words.uploading)).toBeVisible();
  await see('uploading');
  await page.reload();
  await expect(student.button(words.resumeUpload)).toBeVisible();
  await see('upload-left');
  await throttle(-1);
  await student.button(words.resumeUpload).click();
}

/** What sets how many bytes a second an upload may send; -1 is as many as it can. */
async function slowUploads(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const rest = { offline: false, latency: 0, downloadThroughput: -1 };
  return (uploadThroughput) => devtools.send('Network.emulateNetworkConditions', { ...rest, uploadThroughput });
}

async function pay(student, see) {
  const { page, words } = student;
  await student.arriveAt(words.confirmTitle);
  await see('confirm');
  await student.button(words.change).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await see('confirm-contact');
  await page.keyboard.press('Escape');
  await student.goOnToPay();
  await see('pay');
  await student.choosePayment('alipay');
  const cashier = await student.choosePayment('wechat_pay');
  await see('pay-code');
  await student.button(words.iPaid).click();
  await expect(page.getByText(words.notYet)).toBeVisible();
  await see('pay-not-yet');
  await student.link(words.orders).click();
  await student.arriveAt(words.ordersTitle);
  await see('orders-unpaid');
  await page.locator('.card a').first().click();
  await expect(student.button(words.closeOrder)).toBeVisible();
  await see('order-unpaid');
  await student.button(words.closeOrder).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await see('order-close');
  await page.keyboard.press('Escape');
  await student.link(words.payOrder).click();
  await student.payAt(cashier);
  await student.isPaid();
  await see('paid');
  await student.link(words.seeOrder).click();
  await student.arriveAt(words.orderTitle);
  await see('order-paid');
  await student.button(words.withdrawPhoto).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await see('order-withdraw');
  await page.keyboard.press('Escape');
  // A dialog takes its entry out of the history a moment after it has closed; going elsewhere meanwhile would be undone.
  await page.waitForFunction(() => history.state !== 'gradphoto.sheet');
}

async function account(student, see) {
  const { page, words } = student;
  for (const [path, title, name] of [
    ['/me', words.meTitle, 'me'],
    ['/me/access-log', words.accessTitle, 'access-log'],
    ['/me/phone', words.phoneChangeTitle, 'phone-change'],
    ['/me/erase', words.eraseTitle, 'erase'],
    ['/orders', words.ordersTitle, 'orders'],
  ]) {
    await page.goto(path);
    await student.arriveAt(title);
    await expect(page.locator('.skeleton')).toHaveCount(0);
    await see(name);
  }
  await page.context().setOffline(true);
  await student.link(words.seeOrder).click();
  await expect(page.getByText(words.offline)).toBeVisible();
  await see('offline');
  await page.context().setOffline(false);
}
