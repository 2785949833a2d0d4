// Page and account speak one language.
import { people } from './support/people.js';
import { advanceClock, ask } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

/** The language of the account that this page is logged in to. */
async function languageOfAccount(page) {
  const answer = await ask('/api/v1/me', await page.context().cookies());
  const { language } = await answer.json();
  return language;
}

test('who registers in English is told everything in English, until the switch says otherwise', async ({ browser, baseURL }) => {
  // All tests share an address, to which ten codes are sent in an hour.
  await advanceClock(3600);
  const first = await (await browser.newContext({ baseURL, locale: 'en-US' })).newPage();
  const student = new Student(first, people.bilingual, 'en');
  await student.logIn();
  expect(await languageOfAccount(first)).toBe('en');
  await first.getByRole('banner').getByRole('button', { name: '中文' }).click();
  await expect.poll(() => languageOfAccount(first)).toBe('zh-CN');

  // Another browser, whose pages begin in English, follows the account.
  await advanceClock(3600);
  const second = await (await browser.newContext({ baseURL, locale: 'en-US' })).newPage();
  const elsewhere = new Student(second, people.bilingual, 'en');
  await second.goto('/');
  await elsewhere.askForCode();
  await elsewhere.fillCode();
  await expect(second.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(second.getByRole('button', { name: '退出登录' }).first()).toBeVisible();

  // What was chosen just before logging in is the account's too.
  await advanceClock(3600);
  const third = await (await browser.newContext({ baseURL, locale: 'zh-CN' })).newPage();
  await third.goto('/');
  await third.getByRole('banner').getByRole('button', { name: 'English' }).click();
  await new Student(third, people.bilingual, 'en').logIn();
  await expect.poll(() => languageOfAccount(third)).toBe('en');
});
