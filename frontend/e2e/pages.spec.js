// Every page of the console, in both languages, as wide as a desktop and as a tablet: axe finds nothing, and nothing lies
// outside the window; and lists whose answer does not come.
import { watcher } from './support/axe.js';
import { DESKTOP } from './support/browser.js';
import { Colleague, staff } from './support/colleague.js';
import { advanceClock } from './support/product.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;
const DESKTOP_WINDOW = DESKTOP.viewport;
const TABLET_WINDOW = { width: 800, height: 1100 };

test.beforeEach(() => advanceClock(HOUR));

/** What an operator can open; the school and the collection are those of the sample officer. */
const pages = ({ school, task, order }) => ({
  start: '/console',
  schools: '/console/schools',
  people: `/console/schools/${school}/people`,
  'platform-people': '/console/people',
  integrations: `/console/schools/${school}/integrations`,
  webhooks: `/console/schools/${school}/webhooks`,
  tasks: `/console/schools/${school}/tasks`,
  'task-new': `/console/schools/${school}/tasks/new`,
  tickets: `/console/schools/${school}/tickets`,
  task: `/console/tasks/${task}`,
  roster: `/console/tasks/${task}/roster`,
  import: `/console/tasks/${task}/roster/imports`,
  packages: `/console/tasks/${task}/deliveries`,
  progress: `/console/tasks/${task}/progress`,
  poster: `/console/tasks/${task}/poster`,
  lookup: '/console/students',
  'lost-phones': '/console/lost-phones',
  review: '/console/review',
  grid: '/console/review/grid',
  quality: '/console/review/quality',
  known: '/console/review/known-photos',
  orders: '/console/orders',
  ...(order ? { order: `/console/orders/${order}` } : {}),
  refunds: '/console/refunds',
  cases: '/console/money-cases',
  bills: '/console/bills',
  statements: '/console/statements',
  audit: '/console/audit',
  help: '/console/help',
  account: '/console/account',
  'not-found': '/console/nowhere',
});

/** The ids that addresses need, as the API tells them to who is logged in. */
const idsOf = (page, name) => page.evaluate(async (name) => {
  const ask = async (path) => (await fetch(`/api/v1${path}`)).json();
  const schools = await ask(`/staff/schools?text=${encodeURIComponent(name)}`);
  const school = schools.items[0].id;
  const tasks = await ask(`/schools/${school}/tasks`);
  const orders = await ask('/staff/orders?limit=1');
  return { school, task: tasks.items[0].id, order: orders.items[0]?.order.order_no };
}, name);

for (const [locale, language] of [['zh-CN', 'zh'], ['en-US', 'en']]) {
  test.describe(`in ${language}`, () => {
    test.use({ ...DESKTOP, locale });

    test('every page fits, and axe finds nothing', async ({ page }) => {
      const { look, wrong } = watcher(page, `console-${language}`);
      const operator = new Colleague(page, staff.operator, language);
      await operator.logIn();
      const ids = await idsOf(page, staff.officer.school);
      const outside = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      for (const [name, path] of Object.entries(pages(ids))) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 }).first(), name).toBeVisible();
        for (const [width, window] of [['1280', DESKTOP_WINDOW], ['800', TABLET_WINDOW]]) {
          await page.setViewportSize(window);
          await look(`${width}-${name}`);
          expect(await outside(), `${name} at ${width}`).toBeLessThanOrEqual(0);
        }
        await page.setViewportSize(DESKTOP_WINDOW);
      }
      expect(wrong).toEqual([]);
    });
  });
}

test.describe('without a network', () => {
  test.use({ ...DESKTOP, locale: 'zh-CN' });

  test('schools, quality and webhooks can be tried again, and the way back leads through them', async ({ page }) => {
    const operator = new Colleague(page, staff.operator);
    await operator.logIn();
    const { school } = await idsOf(page, staff.officer.school);
    const failed = page.getByText('网络连接不上');
    const retry = page.getByRole('button', { name: '重试' });
    const title = (name) => page.getByRole('heading', { level: 1, name, exact: true });

    /** Opens a page whose answer does not come; with "try again" it does. */
    const comesLate = async (answers, name, open) => {
      await page.route(answers, (route) => route.abort());
      await open();
      await expect(title(name)).toBeVisible();
      await expect(failed).toBeVisible();
      await page.unroute(answers);
      await retry.click();
      await expect(failed).toBeHidden();
    };
    const byRail = (name) => () => page.locator('.rail').getByRole('link', { name, exact: true }).click();

    await comesLate('**/api/v1/review-quality', '审核质量', byRail('审核质量'));
    await comesLate('**/api/v1/staff/schools?*', '学校', byRail('学校'));
    await expect(page.getByRole('cell', { name: staff.officer.school }).first()).toBeVisible();

    await test.step('what a file holds is asked for again, and the file is still there', async () => {
      await page.getByRole('button', { name: '导入教育部名单' }).click();
      const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('学校名称,学校标识码\n示例学院,4111019999\n') };
      await page.getByLabel('名单文件').setInputFiles(file);
      const lists = (url) => url.pathname.endsWith('/staff/schools/list');
      await page.route(lists, (route) => route.abort());
      await page.getByRole('button', { name: '检查文件' }).click();
      await expect(failed).toBeVisible();
      await page.unroute(lists);
      await page.getByRole('button', { name: '检查文件' }).click();
      await expect(page.getByRole('button', { name: '新建 1 所学校' })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByLabel('名单文件')).toBeHidden();
    });

    await comesLate('**/api/v1/webhook-endpoints?*', '事件推送', () => page.goto(`/console/schools/${school}/webhooks`));
    for (const name of ['学校', '审核质量']) {
      await page.goBack();
      await expect(title(name)).toBeVisible();
    }
    await page.goForward();
    await expect(title('学校')).toBeVisible();
  });
});
