// Chunks of the program: they come before they are needed, and a page whose chunk did not come says so.
import { people } from './support/people.js';
import { advanceClock, origin } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;
const CHUNKS = '**/assets/chunk/**';

test.beforeEach(() => advanceClock(HOUR));

test('a chunk that does not come, one that came ahead, and one of an older version', async ({ page }) => {
  const student = new Student(page, people.reader);

  await test.step('a page whose chunk did not come can be tried again', async () => {
    await page.route(CHUNKS, (route) => route.abort());
    await student.logIn();
    await expect(page.getByText('网络连接不上')).toBeVisible();
    await student.button('重试').click();
    await expect(page.getByText('网络连接不上')).toBeVisible();
    await page.unroute(CHUNKS);
    await student.button('重试').click();
    await student.arriveAt(student.words.schoolTitle);
  });

  await test.step('what came ahead is not asked for again', async () => {
    const came = page.waitForResponse(/split_account/).then((response) => response.finished());
    await page.reload();
    await student.arriveAt(student.words.schoolTitle);
    await came;
    await page.waitForLoadState('networkidle');
    await page.route(CHUNKS, (route) => route.abort());
    await student.link(student.words.orders).click();
    await student.arriveAt(student.words.ordersTitle);
    await page.unroute(CHUNKS);
  });

  await test.step('a server with another version: the page is reloaded', async () => {
    let isOld = true;
    await page.route(CHUNKS, (route) => (isOld ? route.fulfill({ status: 404 }) : route.continue()));
    await page.route(`${origin}/`, (route) => {
      isOld = false;
      return route.fulfill({ contentType: 'text/html', body: 'another version' });
    });
    await page.goto('/orders');
    await student.arriveAt(student.words.ordersTitle);
    expect(isOld).toBe(false);
  });
});
