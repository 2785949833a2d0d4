// `cargo xtask screens`: walks the journey and leaves a picture of every page, 360, 640 and 1280 pixels wide, in the folder
// that GRADPHOTO_PICTURES names. It wants a product on which `people.lin` has not been verified yet.
import { chromium } from '@playwright/test';
import { DESKTOP, PHONE, ZOOMED, launchOptions } from './support/browser.js';
import { people } from './support/people.js';
import { origin } from './support/product.js';
import { Student } from './support/student.js';

const folder = process.env.GRADPHOTO_PICTURES;
if (!folder) {
  throw new Error('GRADPHOTO_PICTURES does not name a folder.');
}
const browser = await chromium.launch(launchOptions);
const context = await browser.newContext({ ...PHONE, baseURL: origin });
const page = await context.newPage();
const student = new Student(page, people.lin);
let count = 0;

/** Takes a page at each width, in a window that is high enough for all of it: what sticks to the edge stays there. */
async function take(name) {
  count += 1;
  for (const { viewport } of [DESKTOP, ZOOMED, PHONE]) {
    await page.setViewportSize(viewport);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ ...viewport, height });
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    const file = `${String(count).padStart(2, '0')}-${name}-${viewport.width}.png`;
    await page.screenshot({ path: `${folder}/${file}`, animations: 'disabled' });
  }
  await page.setViewportSize(PHONE.viewport);
}

await page.goto('/');
await student.arriveAt('手机号登录');
await take('login');
await student.button('获取验证码').click();
await page.getByText('请先勾选同意服务协议').waitFor();
await take('login-wrong');
await student.button('查看全文').click();
await page.getByRole('dialog').waitFor();
await take('agreement');
await page.keyboard.press('Escape');
await student.askForCode();
await take('code');
await student.enterCode();

await student.arriveAt('您在哪所学校毕业？');
await take('school');
await student.field('学校名称').pressSequentially('示例');
await page.getByRole('listbox', { name: '您要找的可能是' }).waitFor();
await take('school-suggestions');
for (const [name, school] of [['open', '北医'], ['upcoming', '示例理工大学'], ['ended', '示例医学院'], ['none', '没有这所大学']]) {
  await student.field('学校名称').fill(school);
  await student.button('查找采集任务').click();
  await page.getByText(/找到以下采集任务|您的学校未开放采集任务/).waitFor();
  await take(`school-${name}`);
}
await student.chooseSchool();
await take('identity');
await student.field('证件号码').fill('110105200101019017');
await student.radio('phd').check();
await page.getByText('最后一位与前面的数字不符').waitFor();
await take('identity-wrong');
await student.field('证件号码').fill('11010519491231002X');
await student.button('核验').click();
await student.button('申请核对').waitFor();
await take('identity-unknown');
await student.button('申请核对').click();
await page.getByRole('dialog').waitFor();
await take('identity-ticket');
await page.keyboard.press('Escape');
await student.button(/使用其他证件/).waitFor();
await student.verify();

await take('consent');
await student.consent();
await take('photo');
await student.field('选择照片').setInputFiles({ name: 'scan.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('%PDF-1.7\n') });
await page.getByRole('alert').waitFor();
await take('photo-refused');
await student.choosePhoto();
await take('frame');
const devtools = await context.newCDPSession(page);
await devtools.send('Network.enable');
const network = { offline: false, latency: 0, downloadThroughput: -1 };
await devtools.send('Network.emulateNetworkConditions', { ...network, uploadThroughput: 20_000 });
await student.button('使用这张照片').click();
await page.getByText(/已上传 [1-9]/).waitFor();
await take('uploading');
await page.reload();
await student.button('继续上传').waitFor();
await take('upload-left');
await devtools.send('Network.emulateNetworkConditions', { ...network, uploadThroughput: -1 });
await student.button('继续上传').click();

await student.arriveAt('确认订单');
await take('confirm');
await student.button('修改').click();
await page.getByRole('dialog').waitFor();
await take('confirm-contact');
await page.keyboard.press('Escape');
await student.link('确认并支付 ¥20.00').click();
await student.arriveAt('支付订单');
await take('pay');
await student.choosePayment('alipay');
const cashier = await student.choosePayment('wechat_pay');
await take('pay-code');
await student.button('我已支付').click();
await page.getByText('还没有收到付款').waitFor();
await take('pay-not-yet');
await student.link('我的订单').click();
await student.arriveAt('我的订单');
await take('orders-unpaid');
await student.link('北京大学医学部').click();
await student.button('关闭订单').waitFor();
await take('order-unpaid');
await student.link('支付订单').click();
await student.payAt(cashier);
await student.isPaid();
await take('paid');
await student.link('查看订单').click();
await student.arriveAt('订单详情');
await take('order-paid');
await student.button('撤回照片').click();
await page.getByRole('dialog').waitFor();
await take('order-withdraw');
await page.keyboard.press('Escape');
await student.link('我的').click();
await student.arriveAt('个人中心');
await take('me');
await student.link('谁看过我的信息').click();
await page.getByText('已显示全部记录').waitFor();
await take('access-log');
await page.goto('/me/phone');
await student.arriveAt('更换手机号');
await take('phone-change');
await page.goto('/nowhere');
await student.arriveAt('没有这个页面');
await take('not-found');
await page.goto('/orders');
await page.getByRole('button', { name: 'English' }).click();
await page.getByRole('heading', { name: 'My orders' }).waitFor();
await take('orders-english');
await page.emulateMedia({ colorScheme: 'dark' });
await take('orders-dark');
await context.setOffline(true);
await page.getByRole('link', { name: 'View order' }).click();
await page.getByText('No connection').waitFor();
await take('offline');
await browser.close();
