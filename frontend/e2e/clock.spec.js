// What needs time to pass: a second code for one phone, and a payment code that grows old.
import { people } from './support/people.js';
import { advanceClock, latestCode, origin } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

// All tests share an address, to which ten codes are sent in an hour; those before have used them up.
test.beforeEach(() => advanceClock(HOUR));

/** From the second code in an hour on, a captcha is asked for; then the code comes by itself. */
async function passCaptcha(student) {
  await student.button('点击完成验证').click();
}

test('the phone is changed, and the new one logs in', async ({ page }) => {
  const { phone, newPhone } = people.mover;
  const student = new Student(page, people.mover);
  await student.logIn();
  const before = await page.context().cookies();
  await student.link('我的').click();
  await student.link('更换手机号').click();
  await student.arriveAt('更换手机号');
  await student.field('原手机号').fill(phone);
  await student.field('新手机号').fill(phone);
  await student.button('获取验证码').click();
  await expect(page.getByText('新旧手机号相同')).toBeVisible();

  await advanceClock(MINUTE);
  await student.field('新手机号').fill(newPhone);
  await student.button('获取验证码').click();
  await passCaptcha(student);
  await student.arriveAt('输入两个验证码');
  await page.getByLabel(/^原手机号 .* 收到的验证码$/).fill(await latestCode(phone));
  await page.getByLabel(/^新手机号 .* 收到的验证码$/).fill(await latestCode(newPhone));
  await student.button('确认更换').click();
  await student.arriveAt('手机号已更换');
  await page.context().addCookies(before);
  expect((await page.request.get(`${origin}/api/v1/me`)).status(), 'of the old session').toBe(401);

  await student.button('用新手机号登录').click();
  await advanceClock(MINUTE);
  const mover = new Student(page, { phone: newPhone });
  await mover.arriveAt('手机号登录');
  await mover.field('手机号').fill(newPhone);
  await page.getByRole('checkbox', { name: /我已阅读并同意/ }).check();
  await mover.button('获取验证码').click();
  await passCaptcha(mover);
  await mover.field('6 位验证码').fill(await latestCode(newPhone));
  await mover.link('我的').click();
  await expect(page.getByText('138****0013')).toBeVisible();
});
