// Where one is logged in: the list, ending one, ending all.
import { people } from './support/people.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';
import { captchaToken } from './support/captcha.js';
import { advanceClock, latestCode } from './support/product.js';
import { PHONE_BROWSER } from './support/browser.js';

/** Logs the same phone in on another device; a second code in an hour needs the captcha's token. */
async function logInElsewhere(browser, origin, phone) {
  const device = await browser.newContext({ ...PHONE_BROWSER, baseURL: origin });
  const page = await device.newPage();
  await page.goto('/');
  const token = await captchaToken();
  const status = (path, body) =>
    page.evaluate(
      async ([to, content]) => {
        const answer = await fetch(to, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(content),
        });
        return { status: answer.status, body: await answer.json().catch(() => null) };
      },
      [path, body],
    );
  const { agreements } = await (await fetch(`${origin}/api/v1/agreements/current`)).json();
  const { version } = agreements.find((one) => one.document === 'service_agreement');
  const asked = await status('/api/v1/auth/sms-challenges', { phone, agreement_version: version, captcha_token: token });
  expect(asked.status, JSON.stringify(asked.body)).toBe(202);
  const begun = await status('/api/v1/auth/sessions', {
    challenge_id: asked.body.challenge_id,
    code: await latestCode(phone),
    agreement_version: version,
  });
  expect(begun.status).toBe(201);
  return page;
}

// All tests share an address, to which ten codes are sent in an hour.
test.beforeEach(() => advanceClock(3600));

test('devices are listed in plain words and logged out one by one, or all', async ({ page, browser, baseURL }) => {
  // The other device first: another code for the same phone is sent a minute later at the earliest.
  const elsewhere = await logInElsewhere(browser, baseURL, people.traveller.phone);
  const cookies = await elsewhere.context().cookies();
  const student = new Student(page, people.traveller);
  await page.context().addCookies(cookies);
  await page.goto('/me');
  await student.arriveAt('个人中心');
  const list = page.getByRole('region', { name: '登录的设备' });
  await expect(list.getByText('安卓 · Chrome')).toBeVisible();
  await expect(list.getByText('当前设备')).toBeVisible();
  await expect(student.button('退出其他所有设备')).toHaveCount(0);

  await page.getByRole('banner').getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('region', { name: "Where you're logged in" }).getByText('Android · Chrome')).toBeVisible();
  await page.getByRole('banner').getByRole('button', { name: '中文' }).click();

  await student.button('退出所有设备').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('包括当前设备')).toBeVisible();
  await dialog.getByRole('button', { name: '退出所有设备' }).click();
  await student.arriveAt(student.words.loginTitle);
  const status = await elsewhere.evaluate(async () => (await fetch('/api/v1/me')).status);
  expect(status).toBe(401);
});
