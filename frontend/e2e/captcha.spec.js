// The captcha: solved by the page without a click, told while it runs, tried again where it fails.
import { advanceClock, latestCode } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const MINUTE = 60;
const CHALLENGE = '**/api/v1/auth/captcha-challenge';

/** A student whose first code of the hour was sent; another one takes a captcha. */
async function withOneCode(page, phone) {
  const student = new Student(page, { phone });
  await page.goto('/');
  await student.askForCode();
  const first = await latestCode(phone);
  await advanceClock(MINUTE);
  return { student, first };
}

test('a second code within the hour comes without a click, and the page says what it does meanwhile', async ({ page }) => {
  const phone = '13800000091';
  const { student, first } = await withOneCode(page, phone);
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(CHALLENGE, async (route) => {
    await held;
    await route.continue();
  });
  await student.button('重新获取验证码').click();
  await expect(page.getByRole('status').filter({ hasText: '正在验证' })).toBeVisible();
  release();
  await expect.poll(() => latestCode(phone)).not.toBe(first);
  await expect(page.getByText('正在验证')).toBeHidden();
  await student.enterCode();
});

test('a captcha that fails is told, and the same button tries again', async ({ page }) => {
  const phone = '13800000092';
  const { student, first } = await withOneCode(page, phone);
  await page.route(CHALLENGE, (route) => route.abort());
  await student.button('重新获取验证码').click();
  await expect(page.getByText('网络连接不上')).toBeVisible();
  expect(await latestCode(phone)).toBe(first);
  await page.unroute(CHALLENGE);
  await student.button('重新获取验证码').click();
  await expect.poll(() => latestCode(phone)).not.toBe(first);
  await student.enterCode();
});

test('a code that was burnt is not said to work for some minutes', async ({ page }) => {
  const phone = '13800000093';
  const student = new Student(page, { phone });
  await page.goto('/');
  await student.askForCode();
  const wrong = (await latestCode(phone)) === '000000' ? '000001' : '000000';
  await expect(page.getByText(/内有效/)).toBeVisible();
  for (let tries = 0; tries < 5; tries += 1) {
    await student.field(student.words.code).fill(wrong);
    await expect(student.field(student.words.code)).toHaveValue('');
  }
  await expect(page.getByText('验证码错误次数过多')).toBeVisible();
  await expect(page.getByText(/内有效/)).toBeHidden();
});
