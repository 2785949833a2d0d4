// `cargo xtask keyboard`: a reviewer decides by keyboard alone about all photos of the demo; how long from a key to the next photo on
// the screen.
// Where GRADPHOTO_PICTURES names a folder, a picture of the page is left there.
import { chromium } from '@playwright/test';
import { DESKTOP, launchOptions } from './support/browser.js';
import { Colleague, staff } from './support/colleague.js';
import { advanceClock, loadWaitingPhotos, origin } from './support/product.js';

/** After so long without a photo there is none left. */
const OVER_MS = 3000;
/** What the target is held against: so many of a hundred are quicker. */
const SHARES = [50, 95, 99];

/** Presses the keys in the page, and gives the milliseconds until another photo than before was painted. */
async function press(page, keys) {
  await page.evaluate((OVER_MS) => {
    const shown = () => document.querySelector('.review-frame img');
    const before = shown()?.src;
    window.untilNext = new Promise((done) => {
      addEventListener('keydown', ({ timeStamp }) => {
        const look = () => {
          const image = shown();
          const isNext = image && image.src !== before && image.complete && image.naturalWidth > 0;
          const isOver = !image && performance.now() - timeStamp > OVER_MS;
          // The frame in which it is painted ends where the next one begins.
          requestAnimationFrame(isNext || isOver ? (now) => done(isOver ? null : now - timeStamp) : look);
        };
        look();
      }, { once: true });
    });
  }, OVER_MS);
  await page.keyboard.press(keys);
  return page.evaluate(() => window.untilNext);
}

/** What so many of a hundred do not exceed. */
function within(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * share) / 100) - 1)];
}

function print(name, took) {
  const sorted = took.toSorted((a, b) => a - b);
  const shares = SHARES.map((share) => `p${share} ${within(sorted, share).toFixed(0)} ms`);
  console.log(`${name}: ${sorted.length} keys, ${shares.join(', ')}, longest ${sorted.at(-1).toFixed(0)} ms`);
}

await loadWaitingPhotos();
await advanceClock(3600);
const browser = await chromium.launch(launchOptions);
const page = await (await browser.newContext({ ...DESKTOP, locale: 'zh-CN', baseURL: origin })).newPage();
const reviewer = new Colleague(page, staff.bureauReviewer);
await reviewer.logIn();
await reviewer.link('审核照片').click();
await page.locator('.review-frame img').waitFor();
if (process.env.GRADPHOTO_PICTURES) {
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${process.env.GRADPHOTO_PICTURES}/review.png`, animations: 'disabled' });
}
const took = [];
for (let wait = 0; wait !== null;) {
  await page.keyboard.press('1');
  wait = await press(page, 'r');
  took.push(...(wait === null ? [] : [wait]));
}
print('from the key to the next photo', took);
await browser.close();
