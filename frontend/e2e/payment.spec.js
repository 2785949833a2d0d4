// Ways to pay: changed in between, and not needed at all.
import { people } from './support/people.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

test('Alipay first, then WeChat, and both are paid', async ({ page }) => {
  const student = new Student(page, people.chen);
  await student.comeToPay();
  const payAlipay = await student.openCashier(await student.choosePayment('alipay'));
  // Another tab chooses another way: the code of this one leads nowhere any more, and a reload does not bring it back.
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await new Student(tab, people.chen).choosePayment('wechat_pay');
  await tab.close();
  await expect(page.getByText('二维码已失效')).toBeVisible();
  await expect(student.code('alipay')).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('二维码已失效')).toBeVisible();

  const wechat = await student.choosePayment('wechat_pay');
  await student.button('我已支付').click();
  await expect(page.getByText('还没有收到付款')).toBeVisible();

  await student.payAt(wechat);
  await student.isPaid();
  await payAlipay({ isLate: true });
  await student.link('查看订单').click();
  await student.arriveAt('订单详情');
  await expect(page.getByText('微信支付', { exact: true })).toBeVisible();
  await expect
    .poll(async () => {
      await page.reload();
      await student.arriveAt('订单详情');
      return page.getByText(/多付的 ¥20\.00 (正在|已)原路退回/).count();
    })
    .toBe(1);
  await expect(page.getByText('重复支付', { exact: true })).toBeVisible();

  await test.step('the order says who, what comes when, and whom to ask', async () => {
    const details = page.getByRole('main');
    await expect(details.locator('.fact', { hasText: '姓名' })).toContainText('*䶮');
    await expect(details.locator('.timeline .station').nth(2)).toContainText(/审核通常需要几个工作日，结果会显示在这里/);
    await expect(details.getByRole('link', { name: /^0\d/ }).first()).toHaveAttribute('href', /^tel:/);
    await expect(details.getByText(/需要发票的/)).toBeVisible();
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', '');
    });
    await student.button('打印收据').click();
    await expect(page.locator('body[data-printed]')).toHaveCount(1);
  });

  await test.step('the filled button keeps; a photo that is taken back is what comes first', async () => {
    await student.button(student.words.withdrawPhoto).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.locator('.main-action')).toHaveText('保留照片');
    await dialog.getByRole('button', { name: student.words.withdrawPhoto }).click();
    await expect(page.locator('.pills').first()).toHaveText(/待重新提交.*已支付/);
    await student.link(student.words.orders).click();
    await expect(page.locator('.pills').first()).toHaveText(/待重新提交.*已支付/);
    await expect(page.locator('.card .main-action').first()).toHaveText('重新提交照片');
  });
});

test('what costs nothing is settled without paying', async ({ page }) => {
  const student = new Student(page, people.zhao);
  await student.logIn();
  await student.chooseSchool();
  await student.field('姓名').fill(people.zhao.name);
  await student.verify();
  await student.consent();
  await student.submitPhoto();
  await student.finish();
  await expect(page.getByText('无需支付')).toBeVisible();
  await expect(page.getByText('支付时间')).toHaveCount(0);
  await expect(page.getByText('待审核')).toBeVisible();

  const order = new URL(page.url()).pathname;
  for (const step of ['', '/confirm', '/pay']) {
    await page.goto(order + step);
    await expect(page.getByText(/¥0\.00/).first()).toBeVisible();
    await expect(page.locator('.pay-way')).toHaveCount(0);
    await expect(page.getByRole('main').getByRole('link', { name: /支付/ })).toHaveCount(0);
    await expect(page.getByRole('main').getByRole('button', { name: /支付/ })).toHaveCount(0);
  }
});
