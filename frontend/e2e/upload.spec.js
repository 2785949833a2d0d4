// An upload that is broken off is taken up again, and makes one photo.
import { people } from './support/people.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

/** Bytes a second: slow enough to be interrupted. */
const SLOW = 20_000;

/** Sets how fast the page can send; -1 is as fast as it can. */
async function sendAt(devtools, uploadThroughput) {
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput,
  });
}

/** Loses the answers to a photo until `Fetch.disable`: the server has it, the page does not know. */
async function loseAnswers(devtools) {
  devtools.on('Fetch.requestPaused', ({ requestId }) => {
    devtools.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' }).catch(() => {});
  });
  await devtools.send('Fetch.enable', { patterns: [{ urlPattern: '*/photos', requestStage: 'Response' }] });
}

test('a reload in mid-upload and a lost answer', async ({ page }) => {
  const student = new Student(page, people.gulimire);
  await student.logIn();
  await student.chooseSchool();
  await student.verify();
  await student.consent();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await sendAt(devtools, SLOW);

  await student.submitPhoto();
  await expect(page.getByText(/已上传 [1-9]\d* KB/)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: '上次的照片还没有传完' })).toBeVisible();
  expect((await student.enrolments())[0].photo).toBeFalsy();

  await sendAt(devtools, -1);
  await loseAnswers(devtools);
  await student.button('继续上传').click();
  await expect(page.getByText(/网络断开了，\d+ 秒后自动重试/)).toBeVisible();
  await devtools.send('Fetch.disable');
  await student.arriveAt('确认订单');
  const [enrolment] = await student.enrolments();
  expect(enrolment.photos_left, 'of three').toBe(2);
});
