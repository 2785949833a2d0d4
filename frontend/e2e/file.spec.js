// Files that cannot become a photo are told in words, before anything is sent.
import { people } from './support/people.js';
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

test('what is no photo is not sent', async ({ page }) => {
  const student = new Student(page, people.anna);
  await student.logIn();
  await student.chooseSchool();
  await student.verify();
  await student.consent();
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
  expect(uploads).toEqual([]);
});
