// Every page and state of a student's journey, in both languages: axe finds nothing that keeps anybody from using it.
import AxeBuilder from '@axe-core/playwright';
import { DESKTOP } from './support/browser.js';
import { people } from './support/people.js';
import { advanceClock } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';
import { tour } from './support/tour.js';

/** The rules of WCAG 2.2 AA and axe's own advice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Fewer states mean that the tour has lost some. */
const LEAST_STATES = 44;

test.beforeEach(() => advanceClock(3600));

/** Checks each state as it stands; what is wrong is told with its state, all at once. */
function inspector(page) {
  const [states, wrong] = [[], []];
  const see = async (name) => {
    // A state is looked at when it has come to rest: what fades in has too little contrast for a moment.
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    states.push(name);
    wrong.push(...violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`));
  };
  return { see, states, wrong };
}

test('in Chinese on a phone', async ({ page }) => {
  const { see, states, wrong } = inspector(page);
  await tour(new Student(page, people.tourist), see);
  expect(wrong).toEqual([]);
  expect(states.length).toBeGreaterThanOrEqual(LEAST_STATES);
});

test.describe('on a desktop', () => {
  test.use({ ...DESKTOP, colorScheme: 'dark' });

  test('in English, dark', async ({ page }) => {
    const { see, states, wrong } = inspector(page);
    await tour(new Student(page, people.tourist2, 'en'), see);
    expect(wrong).toEqual([]);
    expect(states.length).toBeGreaterThanOrEqual(LEAST_STATES);
  });
});
