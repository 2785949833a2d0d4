// The live camera says that the picture can be taken only once the head is inside the outline.
import { film, seesFilm } from './support/camera.js';
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
  // A frame could be placed around the head, but it is to the right of the outline.
  await film(FILM, [-0.2, -0.08, 1, 1]);
});

test('a head beside the outline is no picture to take', async ({ page }) => {
  const student = new Student(page, people.lu);
  await student.comeToPhoto();
  await student.button('拍照').click();
  const camera = page.locator('.camera');
  await expect(camera.getByRole('status')).toHaveText('镜头向右移一点');
  await expect(camera).not.toHaveClass(/ready/);
});
