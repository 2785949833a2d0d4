// Paying in the browsers of a phone; the codes of a desktop are in the journey. Those who pay have come as far as
// other tests have left them.
import { PHONE_BROWSER, WECHAT } from './support/browser.js';
import { people } from './support/people.js';
import { advanceClock, control, refund, sandbox } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;

// All tests share an address, to which ten codes are sent in an hour; those before have used them up.
test.beforeEach(() => advanceClock(HOUR));

test.describe('in the browser of a phone', () => {
  test.use(PHONE_BROWSER);

  test('WeChat, whose notice is lost, and a refund', async ({ page }) => {
    const student = new Student(page, people.gulimire);
    await student.logIn();
    await student.goOnToPay();
    await control('fault', { match: { provider: 'wechat', operation: 'notify' }, do: 'notify_drop', times: 1 });
    await student.payElsewhere('wechat_pay');
    await student.isPaid();

    await test.step('finance returns a part', async () => {
      const order = new URL(page.url()).pathname.split('/')[2];
      await refund('request', '--order', order, '--amount-fen', '500', '--reason', 'service', '--note', '少收一项服务');
      await page.goto(`/orders/${order}`);
      await expect(page.getByRole('heading', { name: '退款进度' })).toBeVisible();
      await expect(page.getByText('¥5.00', { exact: true })).toBeVisible();
      await expect(page.getByText('服务未完成')).toBeVisible();
      await expect
        .poll(async () => {
          // The provider takes its time once it was asked.
          await advanceClock(60);
          await page.reload();
          await student.arriveAt('订单详情');
          return page.getByText(/到账时间/).count();
        })
        .toBe(1);
    });
  });

  test('Alipay', async ({ page }) => {
    const student = new Student(page, people.anna);
    await student.logIn();
    await student.submitPhoto();
    await student.goOnToPay();
    await student.payElsewhere('alipay');
    await student.isPaid();
  });
});

test.describe('inside WeChat', () => {
  test.use(WECHAT);

  test('its own payment window', async ({ page }) => {
    const bridge = await (await fetch(`${sandbox}/bridge.js`)).text();
    await page.addInitScript(`window.gradphotoSandboxPages = '${sandbox}';${bridge}`);
    const student = new Student(page, people.wang);
    await student.logIn();
    await student.consent();
    await student.submitPhoto();
    await student.goOnToPay();
    await expect(page.getByText('要用支付宝付款：请点右上角“…”，选择在浏览器中打开本页。')).toBeVisible();
    await expect(student.wayToPay('alipay')).toHaveCount(0);
    const opening = page.waitForEvent('popup');
    await student.wayToPay('wechat_pay').click();
    const cashier = await opening;
    await cashier.getByRole('button', { name: '支付', exact: true }).click();
    await student.isPaid();
  });
});
