// The whole journey of a student, on a phone in Chinese and on a desktop in English.
import { DESKTOP } from './support/browser.js';
import { people } from './support/people.js';
import { ask } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

/** From the receipt to the way out, the same in both languages. */
async function payAndLeave(student, provider) {
  const { page, person, words } = student;
  await expect(page.getByText(person.shown ?? person.name).first()).toBeVisible();
  await expect(page.getByRole('img', { name: person.shown ?? person.name })).toBeVisible();
  await expect(page.getByText(words.reviewerSees), 'what was found on the photo').toBeVisible();
  await student.link(words.confirm).click();
  await student.arriveAt(words.payTitle);
  await student.payAt(await student.choosePayment(provider));
  await student.isPaid();

  await student.link(words.orders).click();
  await student.arriveAt(words.ordersTitle);
  await expect(page.getByText(words.paid, { exact: true }).first()).toBeVisible();
  await student.link(words.seeOrder).click();
  await student.arriveAt(words.orderTitle);
  await expect(page.getByText(words.settled)).toBeVisible();
  await expect(page.getByText(words[provider], { exact: true })).toBeVisible();

  await leave(student);
}

/** Logs out at the top right; what the browser knew is then worth nothing. */
async function leave({ page, words, button }) {
  const cookies = await page.context().cookies();
  expect((await ask('/api/v1/me', cookies)).status).toBe(200);

  const logOut = page.getByRole('banner').getByRole('button', { name: words.logOut });
  const { x, y } = await logOut.boundingBox();
  expect(x, 'at the right').toBeGreaterThan(page.viewportSize().width / 2);
  expect(y, 'at the top').toBeLessThan(60);
  await logOut.click();
  await expect(page.getByRole('heading', { name: words.loginTitle })).toBeVisible();

  expect((await ask('/api/v1/me', cookies)).status).toBe(401);
  expect((await ask('/api/v1/auth/sessions/refresh', cookies, 'POST')).status).toBe(401);
}

test('on a phone in Chinese, paid with WeChat', async ({ page }) => {
  const student = new Student(page, people.zhang);
  await page.goto('/');
  await student.arriveAt('手机号登录');
  await student.field('手机号').fill(people.zhang.phone);
  await expect(student.field('手机号')).toHaveValue('138 0000 0001');
  await student.button('获取验证码').click();
  await expect(page.getByText('请先勾选同意服务协议')).toBeVisible();
  await student.logIn();
  // Each step takes the focus to its title, so that a screen reader reads where one is.
  const title = page.getByRole('heading', { level: 1 });
  await student.chooseSchool();
  await expect(title).toBeFocused();
  await expect(page.getByText('北京大学医学部')).toBeVisible();
  await student.verify();
  await expect(title).toBeFocused();
  await student.consent();
  for (const drawing of await page.locator('.example img').all()) {
    await expect(drawing).not.toHaveJSProperty('naturalWidth', 0);
  }
  await expect(page.locator('.example.good img'), 'a man and a woman').toHaveCount(2);
  await student.choosePhoto();
  await expect(page.locator('.guide-line')).toHaveCount(4);
  await student.button('放大').click();
  await student.button('画面右移').click();
  await student.frameAutomatically();
  await student.button('使用这张照片').click();
  await student.arriveAt('确认订单');
  await expect(title).toBeFocused();

  await student.button('修改').click();
  await student.field('邮箱（选填）').fill('zhang@example.com');
  await student.button('保存').click();
  await expect(page.getByText('zhang@example.com')).toBeVisible();
  await payAndLeave(student, 'wechat_pay');
});

test.describe('on a desktop', () => {
  test.use(DESKTOP);

  test('in English, paid with Alipay', async ({ page }) => {
    const student = new Student(page, people.li, 'en');
    await student.comeToConfirm();
    await payAndLeave(student, 'alipay');
  });
});
