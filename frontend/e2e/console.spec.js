// The console: logging in with an authenticator, and who may do what. axe looks at every page.
import { watcher } from './support/axe.js';
import { DESKTOP } from './support/browser.js';
import { Colleague, fromBase32, staff } from './support/colleague.js';
import { advanceClock } from './support/product.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;
const MINUTE = 60;
/** Longer than a code of an authenticator counts as fresh. */
const STALE_S = 11 * 60;

test.beforeEach(() => advanceClock(HOUR));

test.describe('on a desktop', () => {
  test.use({ ...DESKTOP, locale: 'zh-CN' });

  test('an officer invites a reviewer, who sets up an authenticator', async ({ page }) => {
    const { look, wrong } = watcher(page, '1280-zh');
    const officer = new Colleague(page, staff.officer);
    await page.goto('/console/account');
    await look('login');
    await officer.logInByPhone();
    await officer.arriveAt(officer.words.second);
    await look('second-factor');
    await officer.confirm();
    await officer.arriveAt('孙老师，您好');
    await look('start');

    await test.step('the keyboard shows its help', async () => {
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toContainText('键盘快捷键');
      await look('shortcuts');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    });

    await officer.link('人员').click();
    await officer.arriveAt('本校人员');
    await expect(page.getByRole('row', { name: /孙老师/ })).toBeVisible();
    await look('people');

    await test.step('what is missing is told at the fields, then the invitation goes', async () => {
      await officer.button('邀请人员').click();
      await officer.button('发送邀请').click();
      await expect(page.getByText('姓名须为 1 至')).toBeVisible();
      await look('invite');
      await officer.field('姓名').fill('周老师');
      await officer.field('手机号').fill('13900000031');
      await page.getByRole('radio', { name: '学校审核员' }).check();
      await officer.field('限定学院').fill('法学院\n基础医学院');
      await officer.button('发送邀请').click();
      await expect(page.getByRole('status').filter({ hasText: '已邀请 周老师' })).toBeVisible();
    });

    await test.step('arrows and Enter open a row, whose address can be sent to a colleague', async () => {
      const row = page.getByRole('row', { name: /周老师/ });
      await expect(row).toContainText('基础医学院、法学院');
      const rows = page.locator('tbody tr');
      await rows.first().focus();
      await page.keyboard.press('End');
      await expect(rows.last()).toBeFocused();
      await page.keyboard.press('ArrowUp');
      await expect(rows.first()).toBeFocused();
      await row.focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('complementary')).toContainText('周老师');
      expect(new URL(page.url()).searchParams.get('row')).toBeTruthy();
      await look('panel');
      await page.reload();
      await expect(page.getByRole('complementary')).toContainText('周老师');
    });
    await officer.logOut();

    // The invitation was a message too, and one is sent in a minute.
    await advanceClock(MINUTE);
    const reviewer = new Colleague(page, { phone: '13900000031', name: '周老师' });
    await test.step('the reviewer sets up an authenticator and saves the recovery codes', async () => {
      await reviewer.logInByPhone();
      await reviewer.arriveAt('设置验证器');
      await look('device');
      await reviewer.button('开始设置').click();
      reviewer.person.secret = fromBase32(await page.locator('.secret').textContent());
      await look('first-code');
      await reviewer.field('动态码').fill('000000');
      await reviewer.button('绑定').click();
      await expect(page.getByText('请输入验证器当前显示的 6 位动态码')).toBeVisible();
      await reviewer.field('动态码').fill(await reviewer.code());
      await reviewer.button('绑定').click();
      await reviewer.arriveAt('保存恢复码');
      await expect(page.locator('.recovery li')).toHaveCount(10);
      await look('recovery');
      await expect(reviewer.button('进入管理台')).toBeDisabled();
      await page.getByRole('checkbox', { name: '我已保存好这些恢复码' }).check();
      await reviewer.button('进入管理台').click();
      await reviewer.arriveAt('周老师，您好');
    });
    await expect(reviewer.link('人员'), 'a reviewer manages nobody').toHaveCount(0);
    await reviewer.link('我的账号').click();
    await reviewer.arriveAt('我的账号');
    await expect(page.getByText('学校审核员 · 北京大学医学部 · 基础医学院 · 法学院')).toBeVisible();
    await look('account');
    await reviewer.logOut();
    expect(wrong).toEqual([]);
  });
});

test.describe('on a tablet', () => {
  test.use({ ...DESKTOP, viewport: { width: 800, height: 1100 }, hasTouch: true });

  test('an operator, in English, is asked for a fresh code', async ({ page }) => {
    const { look, wrong } = watcher(page, '800-en');
    const operator = new Colleague(page, staff.operator, 'en');
    await operator.logIn();
    await look('start');
    await operator.link('People').tap();
    await operator.arriveAt('Platform staff');
    await look('people');
    await advanceClock(STALE_S);
    await operator.button('Invite someone').tap();
    await operator.field('Name').fill('Wu');
    await operator.field('Phone number').fill('13900000032');
    await page.getByRole('radio', { name: 'finance' }).check();
    await operator.button('Send the invitation').tap();
    await expect(page.getByRole('heading', { name: 'Enter a code to go on' })).toBeVisible();
    await look('fresh-code');
    await operator.confirm();
    await expect(page.getByRole('status').filter({ hasText: 'Wu has been invited' })).toBeVisible();

    await page.getByRole('row', { name: /Wu/ }).tap();
    await expect(page.getByRole('complementary')).toContainText('Wu');
    await operator.button('Close').tap();
    await expect(page.getByRole('complementary')).toHaveCount(0);
    await page.getByRole('row', { name: /Wu/ }).tap();
    await expect(page.getByRole('complementary')).toBeInViewport();
    await look('panel');
    await operator.button('Remove the role').tap();
    await look('remove');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the role' }).tap();
    await expect(page.getByRole('status').filter({ hasText: 'has been removed' })).toBeVisible();
    await expect(page.getByRole('row', { name: /Wu/ })).toHaveCount(0);
    expect(wrong).toEqual([]);
  });
});
