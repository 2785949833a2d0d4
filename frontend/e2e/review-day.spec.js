// A day of reviews: a student's photo is rejected for two reasons, sent again without paying and approved by the school; then
// the bureau approves many photos together.
import { watcher } from './support/axe.js';
import { DESKTOP, PHONE_BROWSER } from './support/browser.js';
import { Colleague, staff } from './support/colleague.js';
import { people } from './support/people.js';
import { advanceClock, loadWaitingPhotos, messagesTo, origin } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;
/** One message a minute goes to a phone. */
const MINUTE = 60;
const DAY_MS = 86_400_000;
/** How many photos the grid has, and how long one looks at them. */
const [PAGE, LOOK_S] = [12, 7];
/** The school whose photos wait, and whose reviewers are there. */
const SCHOOL = '样例师范大学';
const STUDENT_NO = '2310901001';

test.use({ ...DESKTOP, locale: 'zh-CN' });

/** A member of staff at a desk of their own, logged in. */
async function atDesk(browser, person) {
  const desk = await browser.newContext({ ...DESKTOP, locale: 'zh-CN', baseURL: origin });
  const page = await desk.newPage();
  const colleague = new Colleague(page, person);
  await colleague.logIn();
  return { ...watcher(page, '1280-zh-day'), colleague, page, leave: () => desk.close() };
}

/** A collection that costs ¥20 and is reviewed by the school, then by the bureau, with one student; gives its id. */
async function makeTask(operator) {
  const now = await advanceClock(0);
  const moment = (days) => new Date(now + days * DAY_MS).toISOString();
  const { name, number, level } = people.reviewed;
  const found = await operator.call('GET', `/staff/schools?text=${encodeURIComponent(SCHOOL)}`);
  const school = found.items[0].id;
  const { id } = await operator.call('POST', `/schools/${school}/tasks`, {
    name: '2027 届补采', opens_at: moment(-1), closes_at: moment(30), fees: [{ code: 'collection', amount_fen: 2000 }],
    payer: 'student', identity: 'roster', extra_proofs: ['name'], review: 'school_then_bureau', camera_only: false,
    originals: false, max_photos: 5, resubmit_days: 7, second_share: 0,
    audience: { zh: '没有赶上的同学', en: 'Everybody who was late' }, contact: '教务处 0532-7654321',
  });
  await operator.call('POST', `/tasks/${id}/open`);
  const entry = { name, document_type: 'cn_id', document_number: number, level, student_no: STUDENT_NO };
  await operator.call('POST', `/tasks/${id}/roster-entries`, entry);
  return id;
}

/** The student reads a text, then what the order's page says of the photo, each reason with its drawing. */
async function learnsWhy({ student, seen }, { texts, said, drawings, name }) {
  const { page, words, person } = student;
  const told = async () => (await messagesTo(person.phone)).filter(({ parameters }) => !parameters.code).length;
  await expect.poll(told, 'the background work runs every few seconds').toBe(texts);
  await page.goto('/orders');
  await student.arriveAt(words.ordersTitle);
  await page.locator('.card h2').first().getByRole('link').click();
  await student.arriveAt(words.orderTitle);
  await expect(page.getByText(said)).toBeVisible();
  await expect(page.locator('.reasons .drawing')).toHaveCount(drawings);
  await seen.look(`order-${name}`);
}

/** The student sends another photo and pays nothing. */
async function sendsAgain({ student, seen }, name) {
  const { page, words } = student;
  await student.link('重新提交照片').click();
  await student.arriveAt(words.photoTitle);
  await expect(page.getByText('上一张照片被退回')).toBeVisible();
  await seen.look(`photo-${name}`);
  await student.submitPhoto();
  await student.arriveAt(words.orderTitle);
  await expect(page.getByText('待审核').first()).toBeVisible();
  await expect(student.link(words.payOrder)).toHaveCount(0);
}

/** The photo that a reviewer looks at. */
const pictureOf = ({ page }) => page.getByAltText('待审核的照片');

async function toQueue(reviewer) {
  await reviewer.page.goto('/console/review');
  await reviewer.colleague.arriveAt('审核照片');
  await expect(pictureOf(reviewer)).toBeVisible();
}

/** Decides by keyboard, and waits until the server has the decision. */
async function decide({ page }, ...keys) {
  const decided = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/reviews'));
  for (const key of keys) {
    await page.keyboard.press(key);
  }
  expect((await decided).status()).toBe(201);
}

test('a rejected photo is sent again without paying, and the school approves it', async ({ page, browser }) => {
  await advanceClock(HOUR);
  await loadWaitingPhotos();
  const operator = new Colleague(page, staff.operator);
  await operator.logIn();
  const task = await makeTask(operator);
  const device = await browser.newContext({ ...PHONE_BROWSER, baseURL: origin });
  const student = new Student(await device.newPage(), people.reviewed);
  const handing = { student, seen: watcher(student.page, '360-zh-day') };
  await test.step('a student takes part and pays', () => student.takePart(`/t/${task}`));

  const school = await atDesk(browser, staff.schoolReviewer);
  await test.step('the school rejects the photo for two reasons', async () => {
    await toQueue(school);
    await decide(school, '1', '2', 'r');
    await advanceClock(MINUTE);
    await learnsWhy(handing, { texts: 1, said: '审核未通过', drawings: 2, name: 'rejected' });
    await sendsAgain(handing, 'rejected');
  });
  await test.step('the school approves what was sent again, with the photo before beside it', async () => {
    await toQueue(school);
    await expect(school.page.getByText('上一张未通过，原因：')).toBeVisible();
    await school.look('resubmitted');
    await decide(school, 'a');
    await school.leave();
  });
  await device.close();
  expect([school, handing.seen].flatMap(({ wrong }) => wrong)).toEqual([]);
});

test('photos without findings are approved together once they were looked at, and the next page comes', async ({ page }) => {
  const { look, wrong } = watcher(page, '1280-zh');
  await advanceClock(HOUR);
  await loadWaitingPhotos();
  await page.clock.install({ time: await advanceClock(0) });
  const reviewer = new Colleague(page, staff.bureauReviewer);
  await reviewer.logIn();
  await reviewer.link('审核照片').click();
  await reviewer.link('多张一起审核').click();
  await reviewer.arriveAt('多张一起审核');
  const pictures = page.locator('.review-grid img');
  await expect(pictures).toHaveCount(PAGE);
  const approve = page.getByRole('button', { name: /通过看过的/ });
  await expect(approve).toBeDisabled();
  await expect.poll(() => pictures.evaluateAll((all) => all.every(({ complete }) => complete))).toBe(true);
  await page.evaluate(() => document.querySelector('.review-grid').scrollIntoView());
  await advanceClock(LOOK_S);
  await page.clock.runFor(LOOK_S * 1000);
  await expect(approve).toBeEnabled();
  await look('review-grid');
  const first = await pictures.first().getAttribute('src');
  await page.keyboard.press('a');
  await expect(page.locator(`.review-grid img[src="${first}"]`)).toHaveCount(0);
  await expect(pictures).toHaveCount(PAGE);
  await expect(page.getByRole('region', { name: '最近的审核' }).getByRole('listitem').first()).toContainText('通过');

  await test.step('one that is doubted is looked at by itself', async () => {
    const doubted = await pictures.nth(4).getAttribute('data-photo');
    await pictures.nth(4).click();
    await reviewer.arriveAt('审核照片');
    await expect(page.getByAltText('待审核的照片')).toHaveAttribute('src', new RegExp(doubted));
  });
  expect(wrong).toEqual([]);
});
