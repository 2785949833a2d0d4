// What needs time to pass: a second code for one phone, and a payment code that grows old. The pages tell the server's time.
import { people } from './support/people.js';
import { advanceClock, ask, latestCode } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const MINUTE = 60;
const HALF_AN_HOUR = 30 * MINUTE;
const HOUR = 60 * MINUTE;
/** The phone is three hours behind. */
const WRONG_BY_MS = 3 * HOUR * 1000;

// All tests share an address, to which ten codes are sent in an hour; those before have used them up.
test.beforeEach(() => advanceClock(HOUR));

test('the phone is changed, and the new one logs in', async ({ page }) => {
  const { phone, newPhone } = people.mover;
  const student = new Student(page, people.mover);
  await student.logIn();
  const before = await page.context().cookies();
  await student.link('个人中心').click();
  await student.link('更换手机号').click();
  await student.arriveAt('更换手机号');
  await expect(student.link(student.words.lostPhoneLink)).toHaveAttribute('href', '/lost-phone');
  await student.field('原手机号').fill(phone);
  await student.field('新手机号').fill(phone);
  await student.button('获取验证码').click();
  await expect(page.getByText('新旧手机号相同')).toBeVisible();
  await expect(student.field('新手机号')).toBeFocused();

  await advanceClock(MINUTE);
  await student.field('原手机号').fill(people.nobody.phone);
  await student.field('新手机号').fill(newPhone);
  await student.button('获取验证码').click();
  await expect(page.getByRole('alert'), 'said once, beside its field').toHaveCount(1);
  await student.field('原手机号').fill(phone);

  await advanceClock(MINUTE);
  await student.field('新手机号').fill(newPhone);
  await student.button('获取验证码').click();
  await student.arriveAt('输入两个验证码');
  await page.getByLabel(/^原手机号 .* 收到的验证码$/).fill(await latestCode(phone));
  await page.getByLabel(/^新手机号 .* 收到的验证码$/).fill(await latestCode(newPhone));
  await student.button('确认更换').click();
  await student.arriveAt('手机号已更换');
  expect((await ask('/api/v1/me', before)).status, 'with the old cookies').toBe(401);

  await expect(student.button('退出登录')).toHaveCount(0);
  await student.link('用新手机号登录').click();
  await advanceClock(MINUTE);
  const mover = new Student(page, { phone: newPhone });
  await mover.fillPhone();
  await mover.enterCode();
  await mover.link('个人中心').click();
  await expect(page.getByText('138****0013')).toBeVisible();
});

test('an account is erased with a code, and what goes is said before', async ({ page }) => {
  const student = new Student(page, people.leaver);
  await student.logIn();
  const before = await page.context().cookies();
  await student.link('个人中心').click();
  await student.link('注销账号').click();
  await student.arriveAt('注销账号');
  await expect(page.getByText('您提交的所有照片文件')).toBeVisible();
  await expect(page.getByText('会计制度要求保存 30 年')).toBeVisible();
  await student.button('获取验证码').click();
  await expect(page.getByText('请先确认您已了解')).toBeVisible();

  await advanceClock(MINUTE);
  await page.getByLabel('我已了解，上述内容会被删除且无法恢复').check();
  await student.button('获取验证码').click();
  await student.arriveAt('输入验证码');
  const code = await latestCode(people.leaver.phone);
  await page.getByLabel(/收到的验证码$/).fill(code === '000000' ? '000001' : '000000');
  await student.button('确认注销').click();
  await expect(page.getByText('验证码不正确')).toBeVisible();
  await page.getByLabel(/收到的验证码$/).fill(code);
  await student.button('确认注销').click();
  await student.arriveAt('账号已注销');
  expect((await ask('/api/v1/me', before)).status, 'with the old cookies').toBe(401);
  await expect(student.button('退出登录')).toHaveCount(0);
  await student.link('回到登录页').click();
  await expect(student.field('手机号')).toBeVisible();
});

test('on a phone whose clock is wrong, an old payment code is replaced by a fresh one', async ({ page }) => {
  const student = new Student(page, people.he);
  await page.clock.install({ time: (await advanceClock(0)) - WRONG_BY_MS });
  await student.comeToPay();
  const old = await student.choosePayment('wechat_pay');
  await expect(page.getByText(/^二维码剩余 (30:00|2\d:\d\d)$/)).toBeVisible();
  await advanceClock(HALF_AN_HOUR);
  await expect(page.getByText('二维码已过期')).toBeVisible();
  await student.button('刷新二维码').click();
  await expect(student.code('wechat_pay')).toBeVisible();
  const fresh = await student.link('打开模拟收银台').getAttribute('href');
  expect(fresh).not.toBe(old);
  await student.payAt(fresh);
  await student.isPaid();
});
