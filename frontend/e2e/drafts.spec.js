// What was typed and chosen in a browser is its account's alone.
import { people } from './support/people.js';
import { advanceClock, ask } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const NUMBER = '110105200101019018';
const HOUR = 3600;

// A second code for one phone, and an eleventh from one address, are sent an hour later.
test.beforeEach(() => advanceClock(HOUR));

/** Everything that this tab keeps, as one text. */
function kept(page) {
  return page.evaluate(() => JSON.stringify({ ...sessionStorage }));
}

/** The keys of the photos that the browser keeps. */
function keptPhotos(page) {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('gradphoto');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          if (!database.objectStoreNames.contains('uploads')) {
            database.close();
            resolve([]);
            return;
          }
          const asking = database.transaction('uploads').objectStore('uploads').getAllKeys();
          asking.onsuccess = () => {
            database.close();
            resolve(asking.result);
          };
        };
      }),
  );
}

/** Ends the session on the server: the browser still has what it kept, its tokens no longer work. */
async function endOnServer(page) {
  // Asked outside of the browser, so that the answer clears nothing in it.
  const answer = await ask('/api/v1/me/sessions', await page.context().cookies(), 'DELETE');
  expect(answer.status).toBe(204);
}

async function typeNumber(student) {
  await student.chooseSchool();
  await student.field(student.words.number).fill(NUMBER);
  await expect.poll(() => kept(student.page)).toContain('9018');
}

/** Opens the identity page of the school again and gives what stands in the field. */
async function numberShown(student) {
  await student.page.goto('/school');
  await student.chooseSchool();
  return student.field(student.words.number).inputValue();
}

test('a session that ended hides what was typed: the same account gets it back, another one does not', async ({ page }) => {
  const first = new Student(page, people.first);
  await first.logIn();
  await typeNumber(first);

  await endOnServer(page);
  await page.reload();
  await first.arriveAt(first.words.loginTitle);
  await expect(page.getByText(first.words.expired)).toBeVisible();
  await expect(page.getByText(first.words.formIsHere)).toBeVisible();
  await advanceClock(HOUR);
  await expect(page.getByText('9018')).toHaveCount(0);
  await first.askForCode();
  await first.enterCode();
  await first.arriveAt(first.words.identityTitle);
  expect((await first.field(first.words.number).inputValue()).replaceAll(' ', '')).toBe(NUMBER);

  await endOnServer(page);
  await page.reload();
  const second = new Student(page, people.second);
  await second.askForCode();
  await second.enterCode();
  expect(await numberShown(second)).toBe('');
  expect(await kept(page)).not.toContain('9018');
});

/** Makes everything that was kept a day older, since the clock is everybody's. */
function age(page) {
  return page.evaluate(async () => {
    const day = 24 * 3600 * 1000;
    for (const [key, value] of Object.entries(sessionStorage)) {
      if (key.startsWith('gradphoto.draft.')) {
        const kept = JSON.parse(value);
        sessionStorage.setItem(key, JSON.stringify({ ...kept, kept_at_ms: kept.kept_at_ms - day }));
      }
    }
    const database = await new Promise((resolve) => {
      const opening = indexedDB.open('gradphoto');
      opening.onsuccess = () => resolve(opening.result);
    });
    const store = database.transaction('uploads', 'readwrite').objectStore('uploads');
    await new Promise((resolve) => {
      store.transaction.oncomplete = resolve;
      const asking = store.getAllKeys();
      asking.onsuccess = () => {
        for (const key of asking.result.filter((one) => one.endsWith('/kept-at'))) {
          store.put(String(Date.now() - day), key);
        }
      };
    });
    database.close();
  });
}

test('a photo goes with a day, with logging out, and with another account', async ({ page }) => {
  const student = new Student(page, people.ma);
  await student.logIn();
  await student.chooseSchool();
  await student.verify();
  await student.consent();
  const photoPage = page.url();
  await student.choosePhoto();
  await expect.poll(() => keptPhotos(page)).toHaveLength(3);
  const keys = await keptPhotos(page);
  expect(keys.every((key) => key.startsWith('acc_'))).toBe(true);

  await age(page);
  await page.reload();
  await expect(student.field(student.words.pick)).toBeAttached();
  expect(await keptPhotos(page)).toEqual([]);
  expect(await kept(page)).not.toContain('gradphoto.draft.acc_');

  await student.choosePhoto();
  await expect.poll(() => keptPhotos(page)).toEqual(keys);
  const dialog = page.getByRole('dialog');
  // A small window has no header while a picture is framed.
  await page.goto('/me');
  await student.button(student.words.logOut).first().click();
  await dialog.getByRole('button', { name: student.words.stay }).click();
  await expect(dialog).toHaveCount(0);
  expect(await keptPhotos(page)).toEqual(keys);
  await student.button(student.words.logOut).first().click();
  await dialog.getByRole('button', { name: student.words.logOut }).click();
  await student.arriveAt(student.words.loginTitle);
  await expect(page.getByText(student.words.expired)).toHaveCount(0);
  expect(await keptPhotos(page)).toEqual([]);
  const names = (await page.context().cookies(page.url())).map(({ name }) => name);
  expect(names, 'limits count by it').toEqual(['__Host-browser']);

  await advanceClock(HOUR);
  await student.askForCode();
  await student.enterCode();
  await page.goto(photoPage);
  await student.choosePhoto();
  await expect.poll(() => keptPhotos(page)).toEqual(keys);
  await endOnServer(page);
  await page.reload();
  await student.arriveAt(student.words.loginTitle);
  expect(await keptPhotos(page), 'hidden, not gone').toEqual(keys);
  await expect(page.getByText(student.words.photoIsHere)).toBeVisible();
  await advanceClock(HOUR);
  const other = new Student(page, people.first);
  await other.askForCode();
  await other.enterCode();
  await expect.poll(() => keptPhotos(page)).toEqual([]);
});
