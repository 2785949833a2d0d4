// Where the camera is refused, a photo is used before it was checked, and one that fails the check is sent to a person.
import { failsCamera, holdNetworks, noteForms, refusesCamera } from './support/camera.js';
import { emptyPicture, largePortrait } from './support/files.js';
import { people } from './support/people.js';
import { advanceClock } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const HOUR = 3600;

// All tests share an address, to which ten codes are sent in an hour; those before have used them up.
test.beforeEach(() => advanceClock(HOUR));

/** What a browser can answer besides, and what the page says then. */
const FAULTS = [
  ['NotFoundError', '没有找到相机'],
  ['NotReadableError', '相机正被占用'],
  ['insecure', '在这个网址不能使用相机'],
  ['unsupported', '这个浏览器不能在网页里拍照'],
];

test.use({ launchOptions: refusesCamera() });

test('the page says what to do, and a photo that is used at once waits for its check', async ({ page }) => {
  const student = new Student(page, people.qian);
  const noted = await noteForms(page);
  let decide = await holdNetworks(page);
  const use = student.button('使用这张照片');
  await student.logIn();
  await student.chooseSchool();
  await student.field('姓名').fill(people.qian.name);
  await student.field('学号').fill(people.qian.studentNo);
  await student.verify();
  await student.consent();
  await expect(page.getByText('本次采集需要原图')).toBeVisible();
  await student.button('拍照').click();
  await expect(page.getByText('没有获准使用相机')).toBeVisible();
  await student.button('重试').click();
  await expect(page.getByText('没有获准使用相机')).toBeVisible();
  for (const [fault, told] of FAULTS) {
    await failsCamera(page, fault);
    await student.button('重试').click();
    await expect(page.getByText(told)).toBeVisible();
    await expect(student.field('用手机自带相机拍')).toHaveAttribute('capture', 'environment');
  }
  await student.button('返回').click();

  const large = await largePortrait(page);
  const chooseAndUse = async () => {
    await student.field('选择照片').setInputFiles(large);
    await use.click();
    await expect(use).toHaveAttribute('aria-busy', 'true');
  };
  await test.step('the check does not come', async () => {
    await page.route('**/photos', (route) => route.abort());
    await chooseAndUse();
    decide(false);
    await expect(page.getByText('传完后由服务器检查')).toBeVisible();
    await page.unroute('**/*.tflite');
  });

  await test.step('it comes late, and the original is sent', async () => {
    decide = await holdNetworks(page);
    await page.reload();
    await page.unroute('**/photos');
    await student.button('重新选择').click();
    await chooseAndUse();
    decide(true);
    await expect(page.getByText('可以提交，由审核人员判断').first(), 'the findings are read first').toBeVisible();
    await expect(use).toHaveAttribute('aria-busy', 'false');
    await expect(page.locator('.guide-line')).toHaveCount(4);
    await use.click();
    await student.finish();
    expect(await noted()).toEqual({ source: 'file', bytes: large.buffer.length });
  });

  await test.step('who thinks that the check is wrong says why and asks a person', async () => {
    const [enrolment] = await student.enrolments();
    await page.goto(`/enrolments/${enrolment.id}/photo`);
    await student.field('选择照片').setInputFiles(await emptyPicture(page));
    await page.getByText('觉得检查不对？').click();
    const ask = student.button('仍要提交，请审核人员判断');
    await expect(ask).toBeDisabled();
    const note = page.getByLabel('写明原因，由审核人员判断');
    for (const nothing of ['不对', '因宗教信仰戴头巾。']) {
      await note.fill(nothing);
      await expect(ask, 'a copied example is no reason').toBeDisabled();
    }
    await note.fill('这就是我，请看一看');
    await ask.click();
    await student.finish();
    await expect(page.getByText('审核人员会看这些')).toBeVisible();
    await expect(page.getByText('这就是我，请看一看'), 'the own note').toBeVisible();
    expect((await student.enrolments())[0].photo.outcome).toBe('fail');
  });
});
