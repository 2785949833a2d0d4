// The live camera says that the picture can be taken only once the head is inside the outline.
import { chromium } from '@playwright/test';
import { launchOptions } from './support/browser.js';
import { film, seesFilm } from './support/camera.js';
import { portraitPart } from './support/files.js';
import { people } from './support/people.js';
import { advanceClock } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;
const FILM = 'aside';

test.use({ launchOptions: seesFilm(FILM), permissions: ['camera'] });

test.beforeAll(async () => {
  // All tests share an address, to which ten codes are sent in an hour; those before have used them up.
  await advanceClock(HOUR);
  const browser = await chromium.launch(launchOptions);
  const page = await browser.newPage();
  // The head is whole and a frame could be placed around it, but it is far to the right.
  const { buffer } = await portraitPart(page, [-0.45, -0.25, 1.5, 1.5], [1200, 1600]);
  film(FILM, buffer);
  await browser.close();
});

test('a head beside the outline is no picture to take', async ({ page }) => {
  const student = new Student(page, people.artist);
  await student.logIn();
  const title = page.getByRole('heading', { level: 1 });
  await expect(title).toHaveText(/^(您在哪所学校毕业？|提交照片|我的订单)$/);
  if ((await title.textContent()) === '您在哪所学校毕业？') {
    await student.chooseSchool();
    await student.verify();
    await student.button('同意并继续').click();
  }
  await student.button('拍照').click();
  const camera = page.locator('.camera');
  await expect(camera.getByRole('status')).toHaveText('镜头向右移一点');
  await expect(camera).not.toHaveClass(/ready/);
});
