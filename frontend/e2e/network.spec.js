// A weak network: what it swallows is asked for again, and nothing is lost or done twice.
import { people } from './support/people.js';
import { advanceClock, ask } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;
/** Longer than an upload may stand still. */
const STALLED_MS = 31_000;
const PHOTOS = '**/photos';

// All tests share an address, to which ten codes are sent in an hour; those before have used them up.
test.beforeEach(() => advanceClock(HOUR));

/** Loses the first answer to a refresh: the server has made new tokens, the browser never saw them. */
async function loseRefresh(context) {
  let asked = 0;
  await context.route('**/auth/sessions/refresh', async (route) => {
    asked += 1;
    if (asked > 1) {
      return route.continue();
    }
    const before = await context.cookies();
    await route.fetch();
    await context.clearCookies();
    await context.addCookies(before);
    return route.abort();
  });
  return () => asked;
}

test('the app itself does not come', async ({ page, context }) => {
  const program = '**/assets/app-*.wasm';
  const failed = page.getByText('页面没有打开');
  let fail;
  const failing = new Promise((resolve) => {
    fail = resolve;
  });
  await page.route(program, (route) => failing.then(() => route.abort()));
  await page.goto('/login', { waitUntil: 'domcontentloaded' });
  await expect(page.getByText('正在打开…')).toBeVisible();
  await expect(failed, 'what is slow has not failed').toBeHidden();
  fail();
  await expect(failed).toBeVisible();
  await page.getByRole('link', { name: '重新打开' }).click();
  await expect(failed).toBeVisible();

  await page.unroute(program);
  await context.setOffline(true);
  await context.setOffline(false);
  await expect(page.locator('#phone')).toBeVisible();
});

test('logging in, a refresh and logging out without an answer', async ({ page, context }) => {
  const student = new Student(page, people.lin);
  await page.goto('/');
  await student.askForCode();

  await test.step('the account cannot be read after the login', async () => {
    await page.route('**/api/v1/me', (route) => route.abort());
    await student.fillCode();
    await expect(page.getByText('网络连接不上')).toBeVisible();
    await page.unroute('**/api/v1/me');
    await student.button('重试').click();
    await student.arriveAt('您在哪所学校毕业？');
  });

  await test.step('the answer to a refresh is lost', async () => {
    await context.clearCookies({ name: '__Host-access' });
    const asked = await loseRefresh(context);
    await student.link('我的订单').click();
    await student.arriveAt('我的订单');
    await expect(page.getByText('还没有订单')).toBeVisible();
    expect(asked()).toBe(2);
    await context.unrouteAll();
  });

  await test.step('logging out needs the server', async () => {
    const cookies = await context.cookies();
    await context.setOffline(true);
    await student.button('退出登录').click();
    await expect(page.getByText('您仍处于登录状态')).toBeVisible();
    await context.setOffline(false);
    expect((await ask('/api/v1/me', cookies)).status).toBe(200);
    await student.button('退出登录').click();
    await student.arriveAt('手机号登录');
    expect((await ask('/api/v1/me', cookies)).status, 'with the old cookies').toBe(401);
  });
});

/** What the browser keeps of a photo that is not sent yet. */
function kept(page) {
  return page.evaluate(
    () =>
      new Promise((done) => {
        const opening = indexedDB.open('gradphoto');
        opening.onsuccess = () => {
          const all = opening.result.transaction('uploads').objectStore('uploads').getAll();
          const texts = () => all.result.filter((value) => typeof value === 'string').map((text) => JSON.parse(text));
          all.onsuccess = () => done(texts().filter((plan) => plan.frame));
        };
      }),
  );
}

test('a reload while framing, a stalled upload, and a reload in between', async ({ page }) => {
  const sent = [];
  await page.exposeFunction('sending', (id) => sent.push(id));
  await page.addInitScript(() => {
    const append = FormData.prototype.append;
    FormData.prototype.append = function (name, ...value) {
      if (name === 'upload_id') {
        window.sending(value[0]);
      }
      return append.call(this, name, ...value);
    };
  });
  await page.clock.install();
  const student = new Student(page, people.lin);
  await student.logIn();
  await student.chooseSchool();
  await student.verify();
  await student.consent();
  await student.choosePhoto();
  const lines = page.locator('.guide-line');
  await expect(lines).toHaveCount(4);
  const detail = page.getByText(/取自原图/);
  const first = await detail.textContent();
  await student.button('放大').click();
  await expect(detail).not.toHaveText(first);
  const framed = await detail.textContent();
  await expect.poll(async () => (await kept(page)).map(({ frame }) => framed.includes(`${frame.width}×${frame.height}`))).toEqual([true]);
  await page.reload();
  await expect(lines).toHaveCount(4);
  await expect(detail).toHaveText(framed);
  await student.frameAutomatically();

  let isStalled = true;
  await page.route(PHOTOS, (route) => (isStalled ? undefined : route.continue()));
  await student.button('使用这张照片').click();
  await expect.poll(() => sent.length).toBe(1);
  // It stands still there, so that the wait for the next try does not end.
  const stall = async () => page.clock.pauseAt((await page.evaluate(() => Date.now())) + STALLED_MS);
  await stall();
  await expect(page.getByText(/网络断开了，1 秒后自动重试/)).toBeVisible();
  // Asked to hurry, or back on the network, it does not wait for the pause to end.
  await student.button(student.words.retryNow).click();
  await expect.poll(() => sent.length).toBe(2);
  await stall();
  await expect(page.getByText(/网络断开了，2 秒后自动重试/)).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect.poll(() => sent.length).toBe(3);
  await stall();
  await expect(page.getByText(/网络断开了，4 秒后自动重试/)).toBeVisible();
  await page.clock.resume();
  // The route stays: taking it away while the page loads may abort one of its requests.
  isStalled = false;
  await page.reload();
  await student.button('继续上传').click();
  await student.arriveAt('确认订单');
  expect(new Set(sent).size, 'one upload').toBe(1);
  const [enrolment] = await student.enrolments();
  expect(enrolment.photos_left, 'of three').toBe(2);
});
