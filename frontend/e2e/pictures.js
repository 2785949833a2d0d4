// `cargo xtask screens`: walks the journey and leaves pictures of every page in the folder that GRADPHOTO_PICTURES names: the
// first screenful of a phone, and the whole page on a phone, at twice the size and on a desktop; then the same in English,
// dark, on a phone. It wants a product on which the people below have not been verified yet.
import { chromium } from '@playwright/test';
import { DESKTOP, PHONE, ZOOMED, launchOptions } from './support/browser.js';
import { people } from './support/people.js';
import { advanceClock, origin } from './support/product.js';
import { Student } from './support/student.js';
import { tour } from './support/tour.js';

/** What a phone shows of a page below its browser's bar. */
const SCREENFUL = { width: 360, height: 740 };

const folder = process.env.GRADPHOTO_PICTURES;
if (!folder) {
  throw new Error('GRADPHOTO_PICTURES does not name a folder.');
}
const browser = await chromium.launch(launchOptions);

/** Takes the pictures of a whole tour; their names begin with `prefix`. */
async function picture(prefix, person, language, { viewports, ...options }) {
  const context = await browser.newContext({ ...PHONE, ...options, baseURL: origin });
  const page = await context.newPage();
  let count = 0;
  const take = async (name) => {
    count += 1;
    const number = String(count).padStart(2, '0');
    const save = (what) => page.screenshot({ path: `${folder}/${prefix}${number}-${name}-${what}.png`, animations: 'disabled' });
    await page.setViewportSize(SCREENFUL);
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    await save('first');
    for (const viewport of viewports) {
      await page.setViewportSize(viewport);
      // A window that is high enough for all of it: what sticks to the edge stays there.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ ...viewport, height: Math.max(height, viewport.height) });
      await save(viewport.width);
    }
    await page.setViewportSize(PHONE.viewport);
  };
  await tour(new Student(page, person, language), take);
  await context.close();
}

await picture('zh-', people.lin, 'zh', { viewports: [DESKTOP.viewport, ZOOMED.viewport, PHONE.viewport] });
await advanceClock(3600);
await picture('en-', people.tourist2, 'en', { viewports: [PHONE.viewport], locale: 'en-US', colorScheme: 'dark' });
await browser.close();
