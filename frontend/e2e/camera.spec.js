// Taking the photo on the page: hints, shutter, and a task that demands it.
import { failsCamera, film, holdNetworks, noteForms, seesFilm } from './support/camera.js';
import { oldPortrait } from './support/files.js';
import { people } from './support/people.js';
import { advanceClock } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;

/** Keeps hold of the track that the page watches, and counts how often it asks for the camera. */
async function holdTrack(page) {
  await page.addInitScript(() => {
    const { getUserMedia } = MediaDevices.prototype;
    window.asked = 0;
    MediaDevices.prototype.getUserMedia = function ask(...wanted) {
      window.asked += 1;
      return getUserMedia.apply(this, wanted);
    };
    const { addEventListener } = EventTarget.prototype;
    MediaStreamTrack.prototype.addEventListener = function listen(...wanted) {
      window.watched = this;
      return addEventListener.apply(this, wanted);
    };
  });
}

// All tests share an address, to which ten codes are sent in an hour; those before have used them up.
test.beforeEach(() => advanceClock(HOUR));

const FILM = 'inside';

test.use({ launchOptions: seesFilm(FILM), permissions: ['camera'] });

// The head fills the outline.
test.beforeAll(() => film(FILM, [-0.05, -0.11, 1.1, 1.1]));

test('a task demands it and gets what it took', async ({ page }) => {
  const student = new Student(page, people.artist);
  const noted = await noteForms(page);
  await holdTrack(page);
  const release = await holdNetworks(page);
  await student.logIn();
  await student.chooseSchool();
  await student.verify();
  await student.button('同意并继续').click();
  await expect(page.locator('input[type=file]')).toHaveCount(0);

  await student.button('拍照').click();
  const hint = page.locator('.camera').getByRole('status');
  await expect(hint, 'the picture comes before the check').toHaveText(/实时提示加载中/);
  const isOn = () => page.locator('video').evaluate((video) => video.videoWidth > 0 && !video.paused);
  await expect.poll(isOn).toBe(true);
  expect(await page.evaluate(() => window.asked), 'it is asked for once').toBe(1);
  release(true);
  await expect(hint).toHaveText('好，拍吧');

  await test.step('the camera is unplugged', async () => {
    await page.evaluate(() => window.watched.dispatchEvent(new Event('ended')));
    await expect(page.getByText('相机正被占用')).toBeVisible();
    await student.button('重试').click();
    await expect.poll(isOn).toBe(true);
  });
  await expect(hint).toHaveText('好，拍吧');

  await test.step('a file from an album instead of the phone\'s camera', async () => {
    await failsCamera(page, 'NotFoundError');
    await student.button('返回').click();
    await student.button('拍照').click();
    const byPhone = student.field('用手机自带相机拍');
    await byPhone.setInputFiles(oldPortrait());
    await expect(page.getByRole('alert').filter({ hasText: '这不是刚拍的照片' })).toBeVisible();
    await page.evaluate(() => delete navigator.mediaDevices);
    await student.button('重试').click();
    await expect(hint).toHaveText('好，拍吧');
  });

  await student.button('拍摄').click();
  await expect(page.locator('.guide-line')).toHaveCount(4);
  await expect(page.locator('video'), 'the camera is off').toHaveCount(0);
  await student.button('使用这张照片').click();
  await student.arriveAt(student.words.confirmTitle);
  expect((await noted()).source).toBe('camera');
});
