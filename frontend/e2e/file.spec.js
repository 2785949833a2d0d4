// What is wrong with a file or a photo is told in words, before anything is sent and without the network.
import { people } from './support/people.js';
import { emptyPicture } from './support/files.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n');
/** The first box of a HEIC file: its length, its kind, and whose it is. */
const HEIC = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')]);

const FILES = [
  { name: 'scan.jpg', buffer: PDF, told: /实际是 PDF/ },
  { name: 'empty.jpg', buffer: Buffer.alloc(0), told: /文件是空的/ },
  { name: 'IMG_0001.jpg', buffer: HEIC, told: /暂不支持 HEIC 格式/ },
];

test('what is no photo is not sent, and a photo is checked on the device', async ({ page }) => {
  const student = new Student(page, people.anna);
  await student.logIn();
  await student.chooseSchool();
  const loading = page.waitForRequest('**/*.tflite');
  await student.verify();
  await loading;
  await expect(student.button('同意并继续'), 'the check is loaded while the student reads').toBeVisible();
  await student.consent();
  await expect(page.getByText('背景为均匀的浅蓝色、白色或浅灰色')).toBeVisible();
  const uploads = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') {
      uploads.push(request.url());
    }
  });

  for (const { name, buffer, told } of FILES) {
    await student.field('选择照片').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
    await expect(page.getByRole('alert').filter({ hasText: told })).toBeVisible();
  }
  await student.choosePhoto();
  // Top of the head, eyes and both sides of the face.
  const lines = page.locator('.guide-line');
  await expect(lines, 'the check is loaded').toHaveCount(4);

  await page.context().setOffline(true);
  await student.button('换一张').click();
  await student.field('选择照片').setInputFiles(await emptyPicture(page));
  await expect(page.getByText(/没找到人脸/)).toBeVisible();
  await expect(student.button('使用这张照片')).toHaveCount(0);
  await page.getByText('觉得检查不对？').click();
  const ask = student.button('仍要提交，请审核人员判断');
  await expect(ask).toBeDisabled();
  await page.getByLabel('写明原因，由审核人员判断').fill('这就是我，请看一看');
  await expect(ask).toBeEnabled();
  await student.button('换一张').click();
  await student.choosePhoto();
  await expect(lines).toHaveCount(4);
  await expect(student.button('使用这张照片')).toBeEnabled();
  await expect(page.getByText(/^头顶 \d+（\d+–\d+）$/)).toBeVisible();
  const before = await lines.first().getAttribute('y1');
  await student.button('放大').click();
  await expect(lines.first()).not.toHaveAttribute('y1', before);
  await student.frameAutomatically();
  await expect(lines.first()).toHaveAttribute('y1', before);
  expect(uploads).toEqual([]);
});
