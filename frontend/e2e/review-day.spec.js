// A day of reviews and what follows: a student's photo is rejected, sent again without paying, approved by the school and by
// one of two bureau reviewers who empty the queue side by side, handed over in a package, refused through CHSI's file, and
// sent again.
import { readFile } from 'node:fs/promises';
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
/** So long a decision can be undone. */
const UNDO_S = 10;
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
  const taken = noteTaken(page);
  await colleague.logIn();
  return { ...watcher(page, '1280-zh-day'), colleague, page, taken, leave: () => desk.close() };
}

/**
 * The photos that the queue gives to a page. Those of a second look are left out: two people decide about them, one after the
 * other.
 */
function noteTaken(page) {
  const taken = new Set();
  page.on('response', async (answer) => {
    if (new URL(answer.url()).pathname === '/api/v1/reviews/take') {
      const { items } = await answer.json();
      items.filter((photo) => !photo.are_findings_hidden).forEach((photo) => taken.add(photo.photo_id));
    }
  });
  return taken;
}

/** A collection that costs ¥20 and is reviewed by the school, then by the bureau, with one student and an officer; gives its id. */
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
  const officer = { phone: staff.officer.phone, name: staff.officer.name, role: 'officer' };
  await operator.call('POST', `/schools/${school}/staff`, officer);
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

/** Approves page after page of the grid, until nothing is left there; the first page is taken back in part. */
async function emptyGrid(reviewer) {
  const { page } = reviewer;
  const pictures = page.locator('.review-grid img');
  const approve = page.getByRole('button', { name: /通过看过的/ });
  const latest = page.getByRole('region', { name: '最近的审核' }).getByRole('listitem');
  await expect(pictures).toHaveCount(PAGE);
  await expect(approve).toBeDisabled();
  await page.keyboard.press('u');
  await expect(page.getByText('没有可以撤销的审核')).toBeVisible();
  for (let round = 0; await pictures.count(); round += 1) {
    await expect.poll(() => pictures.evaluateAll((all) => all.every(({ complete }) => complete))).toBe(true);
    await page.evaluate(() => document.querySelector('.review-grid').scrollIntoView());
    await advanceClock(LOOK_S);
    await page.clock.runFor(LOOK_S * 1000);
    await expect(approve).toBeEnabled();
    if (round === 0) {
      await reviewer.look('grid');
    }
    const first = await pictures.first().getAttribute('data-photo');
    await decide(reviewer, 'a');
    await expect(page.locator(`[data-photo="${first}"]`)).toHaveCount(0);
    if (round === 0) {
      await latest.first().getByRole('button', { name: '撤销' }).click();
      await expect(latest.first()).toContainText('已撤销');
    }
    await expect(pictures.first().or(page.getByText('没有可以一起审核的照片'))).toBeVisible();
  }
}

/** Takes a rejection back, then approves what comes, one by one, until no photo is left. */
async function emptyQueue(reviewer) {
  const { page } = reviewer;
  const picture = pictureOf(reviewer);
  const first = await picture.getAttribute('src');
  await decide(reviewer, '1', '2', 'r');
  await page.keyboard.press('u');
  await expect(picture, 'what was undone is on the screen again').toHaveAttribute('src', first);
  while (await picture.isVisible()) {
    const before = await picture.getAttribute('src');
    await decide(reviewer, 'a');
    await expect(page.locator(`.review-frame img[src="${before}"]`)).toHaveCount(0);
    await expect(picture.or(page.getByText('没有等待审核的照片'))).toBeVisible();
  }
}

/** Two reviewers of the bureau at once: one looks at many together, the other at one after the other. */
async function bureauDay(one, many, task) {
  const waiting = async (query = '') => (await one.colleague.call('GET', `/reviews/queue${query}`)).waiting.photos;
  await expect.poll(() => waiting(`?task_id=${task}`), 'the background work runs every few seconds').toBe(1);
  await many.page.clock.install({ time: await advanceClock(0) });
  await toQueue(one);
  await many.page.goto('/console/review/grid');
  await Promise.all([emptyGrid(many), emptyQueue(one)]);
  expect(await waiting(), 'no photo waits any more').toBe(0);
  expect([...one.taken].filter((photo) => many.taken.has(photo)), 'they never meet on a photo').toEqual([]);
  expect(many.taken.size).toBeGreaterThan(PAGE);
}

/** A package is made, downloaded and acknowledged. */
async function handOver(officer, task) {
  const { page, look } = officer;
  await page.goto(`/console/tasks/${task}/deliveries`);
  await officer.colleague.arriveAt('照片交付');
  const accepted = page.locator('.fact', { hasText: '已通过、未交付' });
  await expect.poll(async () => {
    await page.reload();
    return accepted.textContent();
  }, 'the background work runs every few seconds').toContain('1');
  await page.getByRole('radio', { name: /^学号\.jpg/ }).check();
  await officer.colleague.button('生成照片包').click();
  const card = page.getByRole('region', { name: /^学号\.jpg/ });
  await expect(card).toContainText('可下载');
  await look('package');
  const coming = page.waitForEvent('download');
  await card.getByRole('button', { name: '下载' }).click();
  const file = await readFile(await (await coming).path());
  expect(file.subarray(0, 2).toString()).toBe('PK');
  expect(file.includes(`${STUDENT_NO}.jpg`)).toBe(true);
  await card.getByRole('button', { name: '确认签收' }).click();
  await look('package-acknowledge');
  await page.getByRole('dialog').getByRole('button', { name: '确认签收' }).click();
  await expect(card).toContainText('已交付 1 张');
  await expect(page.locator('.fact', { hasText: /^已交付/ }), 'the figures follow').toContainText('1');
  await look('package-acknowledged');
}

/** What CHSI found: the student's photo, and a number of nowhere. */
async function sendBack({ page, colleague, look }) {
  const found = `学号,检测结果\n${STUDENT_NO},不合格：背景有阴影\n2310909999,合格\n`;
  await colleague.field('结果文件').setInputFiles({ name: '检测结果.csv', mimeType: 'text/csv', buffer: Buffer.from(found) });
  await colleague.button('查看结果').click();
  await expect(page.getByRole('listitem').filter({ hasText: '第 2 行：退回，学生可重新提交' })).toContainText('背景有阴影');
  await look('results');
  await colleague.button('退回照片').click();
  await look('results-send-back');
  await page.getByRole('dialog').getByRole('button', { name: '退回照片' }).click();
  await expect(page.getByText('照片已退回。')).toBeVisible();
  await look('results-applied');
}

test('two reviewers, a school and CHSI decide about photos, and a student sends again', async ({ page, browser }) => {
  await advanceClock(HOUR);
  await loadWaitingPhotos();
  const operator = { ...watcher(page, '1280-zh-day-one'), colleague: new Colleague(page, staff.operator), page, taken: noteTaken(page) };
  await operator.colleague.logIn();
  const task = await makeTask(operator.colleague);
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
    await advanceClock(UNDO_S);
  });
  const many = await atDesk(browser, staff.bureauReviewer);
  await test.step('two reviewers of the bureau empty the queue side by side', () => bureauDay(operator, many, task));
  await many.leave();
  await advanceClock(MINUTE);

  const officer = await atDesk(browser, staff.officer);
  await test.step('an officer makes a package, downloads and acknowledges it', () => handOver(officer, task));
  await test.step('CHSI refuses the photo, and the student sends another', async () => {
    await sendBack(officer);
    await advanceClock(MINUTE);
    await learnsWhy(handing, { texts: 3, said: '被学校或学信网退回', drawings: 1, name: 'refused' });
    await sendsAgain(handing, 'refused');
  });
  await officer.leave();
  await device.close();
  expect([operator, school, many, officer, handing.seen].flatMap(({ wrong }) => wrong)).toEqual([]);
});
