// Every page and state of a student's journey, in both languages: axe finds nothing that keeps anybody from using it.
import { inspector } from './support/axe.js';
import { DESKTOP } from './support/browser.js';
import { people } from './support/people.js';
import { advanceClock } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';
import { tour } from './support/tour.js';

/** Fewer states mean that the tour has lost some. */
const LEAST_STATES = 44;

test.beforeEach(() => advanceClock(3600));

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
