// What is said of a photo: one cause with one way to mend it, the verdict in view on a phone, and turning pictures.
import { DESKTOP } from './support/browser.js';
import { WHOLE, portraitPart } from './support/files.js';
import { people } from './support/people.js';
import { advanceClock } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;
/** A small phone. */
const PHONE = { width: 360, height: 740 };
const SIZE = [900, 1200];

// All tests share an address, to which ten codes are sent in an hour; those before have used them up.
test.beforeEach(() => advanceClock(HOUR));

test.use({ viewport: PHONE, hasTouch: true, trace: 'off' });

/** The check is done, and nothing that it found stops the photo. */
async function canBeSent(page) {
  await expect(page.locator('.verdict')).toHaveClass(/warn|good/);
  await expect(page.locator('.verdict-bar .main-action')).toHaveText('使用这张照片');
}

/** A finger moves up beside the frame. */
async function swipeUp(page, x) {
  const devtools = await page.context().newCDPSession(page);
  const touch = (type, y) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints: y ? [{ x, y }] : [] });
  await touch('touchStart', 400);
  for (let y = 380; y >= 200; y -= 20) {
    await touch('touchMove', y);
  }
  await touch('touchEnd', 0);
  await devtools.detach();
}

test('a photo taken from too near: one cause, one way on, and the verdict in view', async ({ page }) => {
  const student = new Student(page, people.lu);
  await student.comeToPhoto();
  await student.field('选择照片').setInputFiles(await portraitPart(page, [0.2, 0.2, 0.6, 0.6], SIZE));
  const bar = page.locator('.verdict-bar');
  const verdict = bar.locator('.verdict');
  await expect(verdict).toHaveText(/^\d+ 项需要修改›$/);

  await test.step('one cause and one way to mend it', async () => {
    await expect(page.locator('.advice .notice')).toHaveCount(1);
    await expect(page.locator('.advice .notice-title')).toHaveText(/请后退一步重拍$/);
    await expect(page.locator('.advice .drawing')).toBeVisible();
    await expect(bar.locator('.main-action')).toHaveText('退后重拍');
    await expect(student.button('使用这张照片')).toHaveCount(0);
    await expect(page.locator('.tool.helps'), 'no move helps').toHaveCount(0);
  });

  await test.step('all of it is in the window', async () => {
    await expect(page.getByRole('banner')).toBeHidden();
    await expect(page.getByRole('navigation', { name: '办理步骤' })).toHaveCount(0);
    await page.evaluate(() => window.scrollTo(0, 0));
    await expect(bar).toBeInViewport({ ratio: 1 });
    await expect(page.locator('.frame')).toBeInViewport({ ratio: 1 });
    const { x, height } = await page.locator('.frame').boundingBox();
    expect(height).toBeLessThanOrEqual(PHONE.height * 0.55 + 1);
    expect(x, 'there is room for a finger beside it').toBeGreaterThanOrEqual(20);
    await swipeUp(page, x / 2);
    await expect.poll(() => page.evaluate(() => window.scrollY), 'the page scrolls beside the frame').toBeGreaterThan(50);
  });

  await test.step('the verdict leads to the reason, the numbers are behind "details"', async () => {
    await verdict.click();
    await expect(page.locator('.advice')).toBeFocused();
    await expect(page.locator('.advice')).toBeInViewport();
    const numbers = page.locator('.findings li').first();
    await expect(numbers).toBeHidden();
    await page.getByText('详细数据', { exact: true }).click();
    await expect(numbers).toBeVisible();
  });

  await bar.locator('.main-action').click();
  await expect(page.getByRole('heading', { name: '拍照' }), 'it leads to the camera').toBeVisible();
});

test('a frame that lies badly is placed', async ({ page }) => {
  const student = new Student(page, people.lu);
  await student.comeToPhoto();
  await student.field('选择照片').setInputFiles(await portraitPart(page, WHOLE, [1800, 2400]));
  await canBeSent(page);
  const main = page.locator('.verdict-bar .main-action');
  for (let press = 0; press < 6; press += 1) {
    await student.button('放大').click();
  }
  await expect(main).toHaveText('自动取景');
  await expect(page.locator('.advice')).toContainText('取景框没放好');
  await expect(page.getByText(/^也可以自己调：缩小/)).toBeVisible();
  await expect(page.locator('.tool', { hasText: '－' })).toHaveClass(/helps/);
  await main.click();
  await canBeSent(page);
});

test('a picture that stands wrongly is turned, whatever its kind', async ({ page }) => {
  const student = new Student(page, people.lu);
  await student.comeToPhoto();
  const lines = page.locator('.guide-line');
  const [pick, title] = [student.field('选择照片'), page.locator('.advice .notice-title')];

  await pick.setInputFiles(await portraitPart(page, WHOLE, SIZE, { quarters: 2 }));
  await expect(title).toHaveText('照片是倒着的，请先转正');
  await student.button('转 180°').click();
  await canBeSent(page);
  await expect(lines).toHaveCount(4);

  await student.button('换一张').click();
  await pick.setInputFiles(await portraitPart(page, WHOLE, SIZE, { quarters: 3, type: 'image/png' }));
  await expect(title).toHaveText('照片是横着的，请先转正');
  await student.button('向右转 90°').click();
  await canBeSent(page);
  await expect(lines).toHaveCount(4);
  for (let quarter = 0; quarter < 3; quarter += 1) {
    await student.button('旋转照片').click();
    await expect(title).toHaveText(['照片是横着的，请先转正', '照片是倒着的，请先转正', '照片是横着的，请先转正'][quarter]);
  }
  await student.button('旋转照片').click();
  await canBeSent(page);
});

test.describe('with a mouse', () => {
  test.use({ viewport: DESKTOP.viewport, hasTouch: false });

  test('a photo is dropped, and nobody is told of rear cameras', async ({ page }) => {
    const student = new Student(page, people.lu);
    await student.comeToPhoto();
    await expect(page.getByText(/后置镜头/)).toBeHidden();
    const { buffer } = await portraitPart(page, WHOLE, SIZE);
    const data = await page.evaluateHandle((bytes) => {
      const files = new DataTransfer();
      const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      files.items.add(new File([content], 'dropped.jpg', { type: 'image/jpeg' }));
      return files;
    }, buffer.toString('base64'));
    const zone = page.getByText('也可以把照片拖到这里');
    await zone.dispatchEvent('dragover', { dataTransfer: data });
    await expect(page.locator('.drop.over')).toBeVisible();
    await zone.dispatchEvent('drop', { dataTransfer: data });
    await expect(page.locator('.guide-line')).toHaveCount(4);
    await expect(page.locator('.verdict-bar')).toBeInViewport({ ratio: 1 });
  });
});
