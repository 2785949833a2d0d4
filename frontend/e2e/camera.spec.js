// Taking the photo on the page: hints, shutter, tasks that demand it, and what is said where there is no camera.
import { refusesCamera, seesPortrait } from './support/camera.js';
import { people } from './support/people.js';
import { advanceClock } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;

// All tests share an address, to which ten codes are sent in an hour; those before have used them up.
test.beforeEach(() => advanceClock(HOUR));

/** Lets the task of every enrolment demand the camera, as its settings can. */
async function demandCamera(page) {
  await page.route('**/api/v1/enrolments/*', async (route) => {
    const response = await route.fetch();
    const enrolment = await response.json();
    enrolment.task.camera_only = true;
    await route.fulfill({ response, json: enrolment });
  });
}

/** Keeps the networks back until the given function says whether they may come. */
async function holdNetworks(page) {
  let decide;
  const decided = new Promise((resolve) => {
    decide = resolve;
  });
  await page.route('**/*.tflite', async (route) => ((await decided) ? route.continue() : route.abort()));
  return decide;
}

test.describe('with a camera', () => {
  test.use({ launchOptions: seesPortrait(), permissions: ['camera'] });

  test('a task demands it, wants originals, and gets what it took', async ({ page }) => {
    const student = new Student(page, people.qian);
    await demandCamera(page);
    const release = await holdNetworks(page);
    await student.logIn();
    await student.chooseSchool();
    await student.field('姓名').fill(people.qian.name);
    await student.field('学号').fill(people.qian.studentNo);
    await student.verify();
    await student.button('同意并继续').click();
    await expect(page.getByText('本次采集需要原图')).toBeVisible();
    await expect(page.locator('input[type=file]')).toHaveCount(0);

    await student.button('拍照').click();
    const hint = page.locator('.camera').getByRole('status');
    await expect(hint, 'the picture comes before the check').toHaveText(/检查模块加载中/);
    const isOn = () => page.locator('video').evaluate((video) => video.videoWidth > 0 && !video.paused);
    await expect.poll(isOn).toBe(true);
    release(true);
    await expect(hint).toHaveText('好，拍吧');

    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/photos'));
    await student.button('拍摄').click();
    await expect(page.locator('.guide-line')).toHaveCount(4);
    await expect(page.locator('video'), 'the camera is off').toHaveCount(0);
    await student.button('使用这张照片').click();
    const form = (await sent).postData() ?? '';
    expect(form).toMatch(/name="source"\s+camera/);
    await student.arriveAt('订单详情');
    await expect(page.getByText('待审核')).toBeVisible();
  });
});

test.describe('without a camera', () => {
  test.use({ launchOptions: refusesCamera() });

  test('the page says what to do, and a photo that is used at once waits for its check, if one comes', async ({ page }) => {
    const student = new Student(page, people.lu);
    const release = await holdNetworks(page);
    await student.logIn();
    await student.chooseSchool();
    await student.field('姓名').fill(people.lu.name);
    await student.verify();
    await student.consent();
    await student.button('拍照').click();
    await expect(page.getByText('没有获准使用相机')).toBeVisible();
    await student.button('重试').click();
    await expect(page.getByText('没有获准使用相机')).toBeVisible();
    const byPhone = student.field('用手机自带相机拍');
    await expect(byPhone).toHaveAttribute('capture', 'environment');
    await student.button('返回').click();

    await student.choosePhoto();
    await student.button('使用这张照片').click();
    await expect(student.button('使用这张照片')).toHaveAttribute('aria-busy', 'true');
    release(true);
    await expect(page.getByText('可以提交，由审核人员判断').first(), 'the findings are read first').toBeVisible();
    await expect(student.button('使用这张照片')).toHaveAttribute('aria-busy', 'false');
    await expect(page.locator('.guide-line')).toHaveCount(4);

    const fail = await holdNetworks(page);
    await page.reload();
    await student.button('使用这张照片').click();
    await expect(student.button('使用这张照片')).toHaveAttribute('aria-busy', 'true');
    fail(false);
    await student.arriveAt('订单详情');
  });
});
