// How pages look where eyes, windows or systems are not the usual ones.
import { DESKTOP } from './support/browser.js';
import { people } from './support/people.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';
import { words } from './support/words.js';

/** Narrower than any phone: what a watch or a window beside another has. */
const NARROW = { width: 180, height: 740 };
/** A line with fewer characters than this on average is broken letter by letter. */
const LEAST_CHARACTERS = 3;

/** The border above each step and the colour of its words, as the browser draws them. */
function drawn(page) {
  return page.locator('.step').evaluateAll((steps) =>
    steps.map((step) => {
      const { borderBlockStartStyle, borderBlockStartColor } = getComputedStyle(step);
      return { isDone: step.classList.contains('done'), look: `${borderBlockStartStyle} ${borderBlockStartColor}` };
    }),
  );
}

/** Facts whose text is broken after one or two characters. */
function broken(page) {
  return page.locator('.fact > dt, .fact > dd').evaluateAll(
    (parts, least) =>
      parts
        .map((part) => {
          const range = document.createRange();
          range.selectNodeContents(part);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
          return { text: part.textContent.trim(), lines };
        })
        .filter(({ text, lines }) => lines > 1 && [...text].length / lines < least),
    LEAST_CHARACTERS,
  );
}

test('forced colours and a very narrow window', async ({ page }) => {
  const student = new Student(page, people.watcher);
  await student.logIn();
  await student.chooseSchool();

  await test.step('what is done looks different from what is open where the system sets all colours', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    const steps = await drawn(page);
    const of = (isDone) => steps.filter((step) => step.isDone === isDone).map(({ look }) => look);
    // The step at hand may look like one that is done; those ahead may not.
    const [, ...ahead] = of(false);
    expect(ahead.filter((look) => of(true).includes(look))).toEqual([]);
    expect(steps.at(-1).look, 'the last step').toMatch(/^dotted/);
    expect(steps[0].look, 'the first step').toMatch(/^solid/);
    await page.emulateMedia({ forcedColors: 'none' });
  });

  await test.step('facts stay words at 180 pixels', async () => {
    const task = new URL(page.url()).pathname.split('/')[2];
    await page.setViewportSize(NARROW);
    await page.goto(`/t/${task}`);
    await expect(page.locator('.fact').first()).toBeVisible();
    expect(await broken(page)).toEqual([]);
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overhang, 'nothing lies outside').toBeLessThanOrEqual(0);
  });
});

test.describe('on a desktop', () => {
  test.use(DESKTOP);

  test('the header begins and ends where the page does', async ({ page }) => {
    await page.goto('/login');
    await expect(page.getByRole('heading', { level: 1, name: words.en.loginTitle })).toBeVisible();
    const inner = (selector) =>
      page.locator(selector).evaluate((element) => {
        const { left, right } = element.getBoundingClientRect();
        const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(element);
        return [left + parseFloat(paddingInlineStart), right - parseFloat(paddingInlineEnd)].map(Math.round);
      });
    expect(await inner('.top-row')).toEqual(await inner('#main'));
  });
});
