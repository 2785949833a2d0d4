// The browser's back button and its reload lead to where the student is.
import { people } from './support/people.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

test('back and reload at every step', async ({ page }) => {
  const student = new Student(page, people.zhou);

  await test.step('logging in', async () => {
    await page.goto('/');
    await student.arriveAt(student.words.loginTitle);
    await student.button('查看全文').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await student.arriveAt(student.words.loginTitle);
    await student.askForCode();
    await page.reload();
    await expect(page.getByText('已发送至 138 0000 0006')).toBeVisible();
    await student.enterCode();
    await page.goto('/login');
    await student.arriveAt('您在哪所学校毕业？');
  });

  await test.step('school', async () => {
    await student.field('学校名称').fill('北医');
    await page.reload();
    await expect(student.field('学校名称')).toHaveValue('北医');
    await student.chooseSchool();
  });

  await test.step('identity', async () => {
    await student.fillIdentity();
    await page.reload();
    await expect(student.field('证件号码')).toHaveValue('330102 20040704 906X');
    await page.goBack();
    await student.arriveAt('您在哪所学校毕业？');
    await page.goForward();
    await student.arriveAt('核验身份');
    await student.verify();
  });

  await test.step('photo', async () => {
    await student.consent();
    await page.reload();
    await expect(student.field('选择照片')).toBeAttached();
    await page.goBack();
    await student.arriveAt('核验身份');
    await student.link('办理').click();
    await student.arriveAt('提交照片');
    await student.submitPhoto();
  });

  await test.step('confirming', async () => {
    await student.arriveAt('确认订单');
    await page.reload();
    await student.arriveAt('确认订单');
    const change = student.button('修改');
    const dialog = page.getByRole('dialog');
    await change.click();
    await dialog.getByRole('button', { name: '关闭' }).click();
    await expect(dialog).toHaveCount(0);
    await change.click();
    await expect(dialog).toBeVisible();
    await page.goBack();
    await expect(dialog).toHaveCount(0);
    await student.arriveAt('确认订单');
    await page.goBack();
    await student.arriveAt('提交照片');
    await expect(page.getByText('当前状态：待支付')).toBeVisible();
    await student.link('办理').click();
    await student.arriveAt('确认订单');
  });

  await test.step('paying', async () => {
    await student.link('确认并支付 ¥20.00').click();
    await student.arriveAt('支付订单');
    const cashier = await student.choosePayment('wechat_pay');
    await page.reload();
    await expect(student.code('wechat_pay')).toBeVisible();
    await expect(student.link('打开模拟收银台')).toHaveAttribute('href', cashier);
    await page.goBack();
    await student.arriveAt('确认订单');
    await page.goForward();
    await student.arriveAt('支付订单');
    await student.payAt(cashier);
    await student.isPaid();
  });

  await test.step('paid', async () => {
    await page.reload();
    await student.isPaid();
    await page.goBack();
    await student.arriveAt('订单详情');
    await student.link('办理').click();
    await student.arriveAt('我的订单');
  });
});
