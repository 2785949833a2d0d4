// Every page of the console, in both languages, as wide as a desktop and as a tablet: axe finds nothing, and nothing lies
// outside the window; a package for prints, from its making to the signatures; and lists whose answer does not come.
import { watcher } from './support/axe.js';
import { DESKTOP, PHONE_BROWSER } from './support/browser.js';
import { Colleague, staff } from './support/colleague.js';
import { people } from './support/people.js';
import { advanceClock, origin } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;
/** So long a decision can be undone. */
const UNDO_S = 10;
/** The school that pays for prints. */
const PRINTS_SCHOOL = '示例大学（南校区）';
const DESKTOP_WINDOW = DESKTOP.viewport;
const TABLET_WINDOW = { width: 800, height: 1100 };

test.beforeEach(() => advanceClock(HOUR));

/** What an operator can open; the school and the collection are those of the sample officer. */
const pages = ({ school, task, order, printsTask, prints }) => ({
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
  'packages-prints': `/console/tasks/${printsTask}/deliveries`,
  ...(prints ? { prints: `/console/deliveries/${prints}/prints` } : {}),
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

const share = (permille, low_permille, high_permille, of) => ({ permille, low_permille, high_permille, of });

/** Figures of reviewers, as they are after weeks. */
const figures = {
  since: '2026-03-21T08:00:00Z',
  places: [
    { stage: 'bureau', school: null, reviewers: 2, is_alone: false },
    { stage: 'school', school: '北京大学医学部', reviewers: 1, is_alone: true },
  ],
  reviewers: [
    {
      name: '周审核', decided: 18_432, per_hour: 512, agreement: share(968, 951, 979, 412), kappa_permille: 812,
      catch_rate: share(917, 742, 977, 24), pass_rate: share(1000, 839, 1000, 20),
      reasons: [
        { reason: 'hair', label: '头发遮挡眉、眼、耳', both: 31, alone: 4, others: 6, kappa_permille: 842 },
        { reason: 'half_shadow', label: '阴阳脸', both: 2, alone: 5, others: 1, kappa_permille: -12 },
        { reason: 'red_eye', label: '红眼', both: 0, alone: 0, others: 1, kappa_permille: null },
      ],
    },
    { name: null, decided: 7, per_hour: 96, agreement: null, kappa_permille: null, catch_rate: share(0, 0, 434, 5), pass_rate: null, reasons: [] },
  ],
};

/** A photo that was delivered although its reviewer missed faults. */
const recall = {
  photo_id: 'pho_01k9b3m0v8f7wq2d5e6h4t1xyz', task_id: 'task_01k9b3m0v8f7wq2d5e6h4t1xyz', roster_entry_id: 'ros_01k9b3m0v8f7wq2d5e6h4t1xyz',
  student: '古丽米热·艾比布力', student_no: '2310301004', stage: 'bureau', reviewer: '周审核', recalled_at: '2026-04-20T02:00:00Z',
};

/** The ids that addresses need, as the API tells them to who is logged in. */
const idsOf = (page, name) => page.evaluate(async ([name, printsName]) => {
  const ask = async (path) => (await fetch(`/api/v1${path}`)).json();
  const placeOf = async (name) => {
    const schools = await ask(`/staff/schools?text=${encodeURIComponent(name)}`);
    const school = schools.items.find((one) => one.name === name).id;
    const tasks = await ask(`/schools/${school}/tasks`);
    return { school, task: tasks.items[0].id };
  };
  const [place, { task: printsTask }] = [await placeOf(name), await placeOf(printsName)];
  const orders = await ask('/staff/orders?limit=1');
  const packages = await ask(`/tasks/${printsTask}/deliveries`);
  const prints = packages.items.find((one) => one.prints)?.id;
  return { ...place, order: orders.items[0]?.order.order_no, printsTask, prints };
}, [name, PRINTS_SCHOOL]);

/** Approves all photos of a collection that wait, as a reviewer does by hand. */
const approveAll = (page, task) => page.evaluate(async (task) => {
  const send = async (path, body) => {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return answer.json();
  };
  const { items } = await send('/reviews/take', { count: 12, task_id: task });
  for (const { photo_id, version } of items) {
    await send('/reviews', { outcome: 'approved', photos: [{ photo_id, version }] });
  }
  return items.length;
}, task);

test.describe('prints', () => {
  test.use({ ...DESKTOP, locale: 'zh-CN' });

  test('a package for prints is made, printed, received by the school and signed for', async ({ page, browser }) => {
    const { look, wrong } = watcher(page, '1280-zh');
    const device = await browser.newContext({ ...PHONE_BROWSER, baseURL: origin });
    const student = new Student(await device.newPage(), people.ma);
    await student.comeToPhoto();
    await student.submitPhoto();
    await student.finish();
    await device.close();

    const operator = new Colleague(page, staff.operator);
    await operator.logIn();
    const { printsTask } = await idsOf(page, staff.officer.school);
    expect(await approveAll(page, printsTask)).toBeGreaterThan(0);
    await advanceClock(UNDO_S);
    await page.goto(`/console/tasks/${printsTask}/deliveries`);
    await operator.arriveAt('照片交付');
    const accepted = page.locator('.fact', { hasText: '已通过、未交付' });
    await expect.poll(async () => {
      await page.reload();
      return accepted.textContent();
    }, 'the background work runs every few seconds').toContain('1');

    const card = page.getByRole('region', { name: /照片冲印/ }).first();
    await test.step('what cannot be is told at its field, then the package is made', async () => {
      await page.getByRole('radio', { name: /照片冲印/ }).check();
      await page.getByRole('radio', { name: '班级和姓名', exact: true }).check();
      await page.getByRole('radio', { name: '另附 manifest.dbf' }).check();
      await operator.field('每个文件最大 MB（选填）').fill('4001');
      await operator.button('生成照片包').click();
      await expect(page.getByRole('alert')).toContainText('4000');
      await look('prints-wrong');
      await operator.field('每个文件最大 MB（选填）').fill('200');
      await operator.button('生成照片包').click();
      await expect(card).toContainText('可下载');
      await expect(card).toContainText('每个文件最大 200 MB · 附 manifest.dbf · 照片下方：班级和姓名');
      await expect(card).toContainText('manifest.dbf 没有缺字');
      await look('prints-made');
    });

    const steps = async (label, said) => {
      await card.getByRole('button', { name: label }).click();
      const dialog = page.getByRole('dialog');
      await look(`prints-${said}-asked`);
      await dialog.getByRole('button', { name: label }).click();
      await expect(dialog).toHaveCount(0);
      await expect(card).toContainText(said);
    };
    await test.step('printed, then with the school', async () => {
      await steps('标记为已冲印', '已冲印');
      await steps('标记为学校已收到', '学校已收到');
      await expect(card).toContainText('已签收 0 / 1');
    });

    await test.step('the list is signed on paper, and ticked', async () => {
      await card.getByRole('link', { name: '签收名单' }).click();
      await operator.arriveAt('冲印与签收');
      await expect(page.getByRole('columnheader', { name: '签名' })).toBeHidden();
      await page.emulateMedia({ media: 'print' });
      await expect(page.getByRole('columnheader', { name: '签名' })).toBeVisible();
      await expect(operator.button('打印签收名单')).toBeHidden();
      await page.emulateMedia({ media: 'screen' });
      await operator.button('全部勾选').click();
      await expect(page.getByRole('checkbox', { name: people.ma.name })).toBeChecked();
      await operator.button('保存签收（1 处改动）').click();
      await expect(page.getByText('签收已保存。')).toBeVisible();
      await expect(page.getByText('已签收 1 / 1')).toBeVisible();
      await look('prints-signed');
      await page.reload();
      await expect(page.getByRole('checkbox', { name: people.ma.name })).toBeChecked();
    });
    expect(wrong).toEqual([]);
  });
});

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
      await test.step('how well reviewers agree, with figures', async () => {
        await page.route('**/api/v1/review-quality', (route) => route.fulfill({ json: figures }));
        await page.route('**/api/v1/review-quality/recalls?*', (route) => route.fulfill({ json: { items: [recall], next: null } }));
        await page.goto('/console/review/quality');
        await expect(page.getByText('96.8 %')).toBeVisible();
        await expect(page.getByRole('cell', { name: recall.student })).toBeVisible();
        for (const [width, window] of [['1280', DESKTOP_WINDOW], ['800', TABLET_WINDOW]]) {
          await page.setViewportSize(window);
          await look(`${width}-quality-filled`);
          expect(await outside(), `figures at ${width}`).toBeLessThanOrEqual(0);
        }
      });
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
