// Review by keyboard: what is missing is told, a decision is undone, and the student learns of it once it is in force.
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
const QUEUE = '**/reviews/take';
const GIVE_BACK = '/reviews/give-back';
const DECISIONS = '**/reviews/latest';

/** To the order of the photo that another test left, or of one that is sent now. */
async function comeToOrder(student) {
  const { page, words } = student;
  await student.logIn();
  await page.goto('/orders');
  await student.arriveAt(words.ordersTitle);
  await expect(page.locator('.skeleton')).toHaveCount(0);
  if (await student.link(words.seeOrder).count()) {
    await student.link(words.seeOrder).first().click();
    await student.arriveAt(words.orderTitle);
    return;
  }
  await page.goto('/school');
  await student.chooseSchool();
  await student.verify();
  await student.consent();
  await student.submitPhoto();
  await student.finish();
}

/** Holds what the queue answers to the page; each answer comes when its function is called. */
async function holdAnswers(page) {
  const answers = [];
  await page.route(QUEUE, async (route) => {
    const response = await route.fetch();
    await new Promise((go) => answers.push(go));
    await route.fulfill({ response });
  });
  return answers;
}

test.use({ ...DESKTOP, locale: 'zh-CN' });

test.beforeEach(() => advanceClock(HOUR));

test('a reviewer rejects, undoes and rejects again by keyboard, and the student is told', async ({ page, browser }) => {
  const { look, wrong } = watcher(page, '1280-zh');
  const device = await browser.newContext({ ...PHONE_BROWSER, baseURL: origin });
  const student = new Student(await device.newPage(), people.lu);
  await comeToOrder(student);
  await expect(student.page.getByText('待审核').first()).toBeVisible();

  const reviewer = new Colleague(page, staff.operator);
  await reviewer.logIn();
  await expect(page.getByRole('heading', { name: /张照片等待审核/ })).toBeVisible();
  await reviewer.link('审核照片').click();
  await reviewer.arriveAt('审核照片');
  const picture = page.getByAltText('待审核的照片');
  await expect(picture).toBeVisible();
  await look('review');
  const shown = () => picture.getAttribute('src');
  const latest = page.getByRole('region', { name: '最近的审核' }).getByRole('listitem');
  const hair = page.getByRole('checkbox', { name: /头发遮挡/ });

  await test.step('a rejection needs a reason', async () => {
    await page.keyboard.press('r');
    await expect(page.getByRole('alert')).toContainText('请先选择驳回原因');
    await page.keyboard.press('1');
    await expect(hair).toBeChecked();
    await page.keyboard.press('a');
    await expect(page.getByRole('alert')).toContainText('已选择驳回原因，不能通过');
  });

  await test.step('photos are kept from page to page of reviewing, and given back once where the way leads elsewhere', async () => {
    const givenBack = [];
    page.on('request', (request) => request.url().endsWith(GIVE_BACK) && givenBack.push(request));
    await reviewer.link('多张一起审核').click();
    await reviewer.arriveAt('多张一起审核');
    await reviewer.link('逐张审核').click();
    await reviewer.arriveAt('审核照片');
    await expect(picture).toBeVisible();
    const arrived = page.waitForResponse(`**${GIVE_BACK}`);
    await reviewer.link('工作台').click();
    expect((await arrived).status()).toBe(204);
    await reviewer.link('审核照片').click();
    await expect(picture).toBeVisible();
    expect(givenBack).toHaveLength(1);
  });

  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    await test.step(`what was decided last is undone, and is on the screen again; answers come as ${order}`, async () => {
      const first = await shown();
      await hair.check();
      const answers = await holdAnswers(page);
      await page.keyboard.press('r');
      // The decision has arrived once the queue is asked again; the one before it was undone.
      await expect.poll(() => answers.length).toBe(1);
      await expect(latest.first()).not.toContainText('已撤销');
      await expect(latest.first()).toContainText('头发遮挡');
      await page.keyboard.press('u');
      await expect.poll(() => answers.length).toBe(order.length);
      for (const place of order) {
        // The page asks for the latest decisions once it has read an answer.
        const isRead = page.waitForRequest(DECISIONS);
        answers[place]();
        await isRead;
      }
      await page.unroute(QUEUE);
      await expect(latest.first()).toContainText('已撤销');
      await expect(picture).toHaveAttribute('src', first);
    });
  }

  await test.step('the lines are there as long as their key is held', async () => {
    await page.keyboard.down('o');
    await expect(page.locator('.review-lines')).toBeVisible();
    await page.keyboard.up('o');
    await expect(page.locator('.review-lines')).toBeHidden();
  });

  await test.step('photo after photo, until none waits', async () => {
    while (await picture.isVisible()) {
      const before = await shown();
      await page.keyboard.press('1');
      await page.keyboard.press('r');
      await expect(page.locator(`.review-frame img[src="${before}"]`)).toHaveCount(0);
      await expect(picture.or(page.getByText('没有等待审核的照片'))).toBeVisible();
    }
  });

  await look('review-empty');
  await advanceClock(UNDO_S);
  await expect
    .poll(async () => {
      await student.page.reload();
      await student.arriveAt(student.words.orderTitle);
      await expect(student.page.locator('.skeleton')).toHaveCount(0);
      return student.page.getByText('审核未通过').count();
    }, 'the background work runs every few seconds')
    .toBeGreaterThan(0);
  await expect(student.page.getByText(/头发/).first(), 'the reason').toBeVisible();
  await expect(student.link('重新提交照片').or(student.button('重新提交照片')).first()).toBeVisible();
  await device.close();
  expect(wrong).toEqual([]);
});
