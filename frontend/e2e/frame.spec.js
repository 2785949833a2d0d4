// The photo page at work: gestures on the frame, files of every size, and what was found, on either side.
import { readFileSync } from 'node:fs';
import { holdNetworks, noteForms } from './support/camera.js';
import { damaged, emptyPicture, hugePortrait, largePortrait } from './support/files.js';
import { people } from './support/people.js';
import { advanceClock, portrait } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;
/** Longer than an answer of the check may take. */
const UNANSWERED_MS = 31_000;
/** What the standard's photo measures. */
const [WIDTH, HEIGHT] = [480, 640];

// All tests share an address, to which ten codes are sent in an hour; those before have used them up.
test.beforeEach(() => advanceClock(HOUR));

// The recorder would ask for a picture that cannot be shown, which the pages' policy refuses.
test.use({ hasTouch: true, trace: 'off' });

/** What the frame shows: the crop's width, the lines of head and face, and how large it is on the page. */
class Frame {
  constructor(page) {
    this.page = page;
    this.node = page.locator('.frame');
    this.lines = page.locator('.guide-line');
  }

  async state() {
    await this.node.scrollIntoViewIfNeeded();
    const place = async (index, side) => Number(await this.lines.nth(index).getAttribute(side));
    const detail = await this.page.getByText(/取自原图/).textContent();
    const box = await this.node.boundingBox();
    return {
      crop: Number(detail.match(/取自原图 (\d+)×/)[1]),
      top: await place(0, 'y1'),
      left: await place(2, 'x1'),
      box,
      at: (x, y) => ({ x: box.x + box.width * x, y: box.y + box.height * y }),
    };
  }

  /** Waits until the lines have moved by so many pixels of the result, as nearly as a pixel of the screen allows. */
  async hasMoved(before, across, down, what, allowed = 4) {
    const near = (wanted, found) => Math.abs(wanted - found) < allowed;
    await expect
      .poll(async () => {
        const now = await this.state();
        return [near(before.left + across, now.left), near(before.top + down, now.top)];
      }, what)
      .toEqual([true, true]);
  }

  /** Waits until the crop is so many times as wide as before. */
  async hasZoomed(before, factor, what) {
    await expect.poll(async () => Math.abs((await this.state()).crop / before.crop / factor - 1) < 0.03, what).toBe(true);
  }
}

/** Notes how often what is read out has changed. */
async function noteNews(page) {
  await page.evaluate(() => {
    window.news = 0;
    const count = () => {
      window.news += 1;
    };
    const all = { childList: true, characterData: true, subtree: true };
    new MutationObserver(count).observe(document.querySelector('.editor [aria-live]'), all);
  });
  return () => page.evaluate(() => window.news);
}

/** Two fingers come down, move, and go. */
async function pinch(page, from, to) {
  const devtools = await page.context().newCDPSession(page);
  const touch = (type, touchPoints) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
  const between = (part) => from.map((point, id) => ({ id, x: point.x + (to[id].x - point.x) * part, y: point.y + (to[id].y - point.y) * part }));
  await touch('touchStart', between(0));
  for (let step = 1; step <= 5; step += 1) {
    await touch('touchMove', between(step / 5));
  }
  await touch('touchEnd', []);
  await devtools.detach();
}

test('fingers, mouse, wheel and keys move the frame, and its lines follow', async ({ page }) => {
  const student = new Student(page, people.lu);
  await student.comeToPhoto();
  await student.field('选择照片').setInputFiles(await largePortrait(page));
  const frame = new Frame(page);
  await expect(frame.lines).toHaveCount(4);
  const auto = await frame.state();
  const told = await noteNews(page);
  // Nearer, so that there is room to all sides.
  for (let press = 0; press < 3; press += 1) {
    await student.button('放大').click();
  }
  await frame.hasZoomed(auto, 1 / 1.1 ** 3, 'three steps nearer');
  await expect.poll(told, 'what that means is told').toBeGreaterThan(0);

  await test.step('the mouse drags', async () => {
    const before = await frame.state();
    const news = await noteNews(page);
    const [from, to] = [before.at(0.5, 0.5), before.at(0.4, 0.55)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 5 });
    expect(await news(), 'nothing is read out on the way').toBe(0);
    await page.mouse.up();
    await frame.hasMoved(before, -0.1 * WIDTH, 0.05 * HEIGHT, 'the picture goes with the mouse');
    await expect.poll(news, 'once it rests').toBeGreaterThan(0);
    await page.mouse.move(from.x, from.y);
    await frame.hasMoved(before, -0.1 * WIDTH, 0.05 * HEIGHT, 'until the button is let go');
  });

  await test.step('the wheel zooms around the mouse', async () => {
    const before = await frame.state();
    const scrolled = await page.evaluate(() => window.scrollY);
    const about = before.at(0.5, 0.3);
    await page.mouse.move(about.x, about.y);
    await page.mouse.wheel(0, 40);
    await frame.hasZoomed(before, Math.exp(0.08), 'further away');
    const now = await frame.state();
    const distance = (state) => (state.top - 0.3 * HEIGHT) * state.crop;
    expect(Math.abs(distance(now) - distance(before)) / now.crop, 'what the mouse is on stays').toBeLessThan(4);
    expect(await page.evaluate(() => window.scrollY), 'the page stands still').toBe(scrolled);
    await page.mouse.wheel(0, -40);
    await frame.hasZoomed(before, 1, 'and back');
  });

  await test.step('keys', async () => {
    await frame.node.focus();
    const step = WIDTH / 48;
    for (const [key, across, down] of [['ArrowLeft', -step, 0], ['ArrowRight', step, 0], ['ArrowUp', 0, -step], ['ArrowDown', 0, step]]) {
      const before = await frame.state();
      await page.keyboard.press(key);
      await frame.hasMoved(before, across, down, key);
    }
    const before = await frame.state();
    await page.keyboard.press('-');
    await frame.hasZoomed(before, 1.1, '-');
    await page.keyboard.press('+');
    await frame.hasZoomed(before, 1, '+');
    await page.keyboard.press('0');
    await frame.hasZoomed(auto, 1, '0');
    await frame.hasMoved(auto, 0, 0, '0');
  });

  await test.step('two fingers', async () => {
    const before = await frame.state();
    await pinch(page, [before.at(0.35, 0.5), before.at(0.65, 0.5)], [before.at(0.3, 0.5), before.at(0.7, 0.5)]);
    await frame.hasZoomed(before, 3 / 4, 'apart');
    const near = await frame.state();
    await pinch(page, [near.at(0.3, 0.4), near.at(0.6, 0.4)], [near.at(0.36, 0.44), near.at(0.66, 0.44)]);
    // The browser takes the first pixels of a touch for a finger that rests.
    await frame.hasMoved(near, 0.06 * WIDTH, 0.04 * HEIGHT, 'side by side', 8);
    await frame.hasZoomed(near, 1, 'side by side');
  });

  await test.step('the buttons are large enough for a finger', async () => {
    for (const tool of await page.locator('.tool').all()) {
      const { width, height } = await tool.boundingBox();
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    }
  });
});

test('a worker that died is replaced', async ({ page }) => {
  await page.addInitScript(() => {
    const { postMessage } = Worker.prototype;
    let [dying, heard] = [null, 0];
    Worker.prototype.postMessage = function postUntilDeath(...message) {
      dying ??= this;
      heard += this === dying ? 1 : 0;
      // It hears who asks and loads its networks, no more.
      if (this === dying && heard > 2) {
        window.hasDied = true;
        return;
      }
      postMessage.apply(this, message);
    };
  });
  await page.clock.install();
  const student = new Student(page, people.lu);
  await student.comeToPhoto();
  await student.choosePhoto();
  await expect(page.getByText('正在自动检查照片…')).toBeVisible();
  await page.waitForFunction(() => window.hasDied);
  await page.clock.fastForward(UNANSWERED_MS);
  await expect(page.locator('.guide-line')).toHaveCount(4);
});

test('the check is tried again, and the server tells what it finds', async ({ page }) => {
  test.setTimeout(180_000);
  const student = new Student(page, people.lu);
  const noted = await noteForms(page);
  const use = student.button('使用这张照片');
  const lines = page.locator('.guide-line');
  const pick = (file) => student.field('选择照片').setInputFiles(file);
  const decide = await holdNetworks(page);
  await student.comeToPhoto();

  await test.step('without the networks the server alone finds it', async () => {
    decide(false);
    await pick(await emptyPicture(page));
    await expect(page.getByText('这台设备上没能自动检查').first()).toBeVisible();
    const asked = page.waitForRequest('**/*.tflite');
    await student.button('再试一次自动检查').click();
    await asked;
    await expect(page.getByText('这台设备上没能自动检查').first()).toBeVisible();
    await use.click();
    await expect(page.getByText('照片没有通过自动检查').first()).toBeVisible();
    await expect(page.getByText(/没找到人脸/), 'what to do').toBeVisible();
    await expect(page.getByRole('heading', { level: 2 }), 'the title of the alert is enough').toHaveCount(0);
  });

  await test.step('they come once the network is back', async () => {
    await student.button('调整').click();
    await page.unroute('**/*.tflite');
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect(page.getByText(/没找到人脸/)).toBeVisible();
    await expect(use).toHaveCount(0);
    await student.button('换一张').click();
  });

  await test.step('a file that cannot be decoded', async () => {
    await pick({ name: 'damaged.jpg', mimeType: 'image/jpeg', buffer: damaged(readFileSync(portrait)) });
    await expect(page.getByRole('alert').filter({ hasText: '照片文件不完整' })).toBeVisible();
    await expect(use).toHaveCount(0);
    await student.button('换一张').click();
  });

  await test.step('a browser that cannot open a large one', async () => {
    const huge = await hugePortrait(page);
    await page.evaluate(() => {
      const { createImageBitmap, HTMLImageElement } = window;
      const { decode } = HTMLImageElement.prototype;
      const fail = () => Promise.reject(new DOMException('provoked', 'EncodingError'));
      Object.assign(window, { createImageBitmap: fail, heal: () => Object.assign(window, { createImageBitmap }) });
      HTMLImageElement.prototype.decode = fail;
      window.healAll = () => {
        window.heal();
        HTMLImageElement.prototype.decode = decode;
      };
    });
    await pick(huge);
    await expect(page.getByRole('alert').filter({ hasText: '浏览器打不开这么大的照片' })).toBeVisible();
    await page.evaluate(() => window.healAll());
    await pick(huge);
  });

  await test.step('one of 48 megapixels is made smaller, upright', async () => {
    await expect(lines).toHaveCount(4, { timeout: 30_000 });
    const [, width, height] = (await page.getByText(/取自原图/).textContent()).match(/取自原图 (\d+)×(\d+)/).map(Number);
    expect(width).toBeLessThanOrEqual(3000);
    expect(height).toBeGreaterThan(1600);
  });

  await test.step('a note that is too long', async () => {
    const note = student.field('给审核人员的话（选填）');
    await expect(note).toHaveAttribute('maxlength', '200');
    await note.evaluate((field) => field.removeAttribute('maxlength'));
    await note.fill('字'.repeat(201));
    await expect(page.getByText('已写 201 字，最多 200 字')).toBeVisible();
    await use.click();
    await expect(page.getByText('备注最多 200 个字。')).toBeVisible();
    await expect(page.locator('.main-action')).toHaveText('调整');
    await student.button('调整').click();
    await student.field('给审核人员的话（选填）').fill(`${'字'.repeat(190)}\n\n\n${'字'.repeat(7)}`);
  });

  await test.step('it is sent, and the order shows what the reviewer looks at', async () => {
    await expect(lines).toHaveCount(4, { timeout: 30_000 });
    await use.click();
    await student.finish();
    expect((await noted()).bytes).toBeLessThan(3_000_000);
    await expect(page.getByText('审核人员会看这些')).toBeVisible();
    await expect(page.getByText('可以提交，由审核人员判断')).toHaveCount(0);
  });
});
