// Money that comes too late goes back, and the student is told.
import { people } from './support/people.js';
import { advanceClock } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;

// All tests share an address, to which ten codes are sent in an hour; those before have used them up.
test.beforeEach(() => advanceClock(HOUR));

test('paid after the order was closed', async ({ page }) => {
  const student = new Student(page, people.lin);
  await student.logIn();
  await student.goOnToPay();
  const pay = await student.openCashier(await student.choosePayment('alipay'));
  const payPage = page.url();
  await page.goto(payPage.replace(/\/pay$/, ''));
  await student.button('关闭订单').click();
  await expect(page.getByRole('dialog').locator('.main-action')).toHaveText(student.words.keepOrder);
  await page.getByRole('dialog').getByRole('button', { name: '关闭订单' }).click();
  await expect(page.getByText(/已关闭/).first()).toBeVisible();
  await pay({ isLate: true });

  await page.goto(payPage);
  await expect(page.getByRole('heading', { name: '支付', exact: true })).toBeVisible();
  await student.button('我已支付').click();
  await expect(page.getByText(/多付的 ¥20\.00 (正在|已)原路退回/)).toBeVisible();
  await expect(page.getByText('没有扣款')).toHaveCount(0);
  await student.link('我的订单').click();
  await expect(page.getByText(/多付的 ¥20\.00 (正在|已)原路退回/)).toBeVisible();
});
