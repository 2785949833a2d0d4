// Logging in from where the configuration allows besides mainland China.
import { people } from './support/people.js';
import { latestCode } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

test('a number of Hong Kong: chosen, kept over a reload, checked, logged in', async ({ page }) => {
  const student = new Student(page, people.newcomer);
  await page.goto('/');
  await student.arriveAt(student.words.loginTitle);
  const country = student.field('国家或地区');
  await expect(country).toHaveValue('86');
  const fits = await country.evaluate((select) => {
    const { font, paddingLeft, paddingRight } = getComputedStyle(select);
    const context = document.createElement('canvas').getContext('2d');
    context.font = font;
    const room = select.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    return context.measureText(select.selectedOptions[0].textContent).width <= room;
  });
  expect(fits, 'the name of the country is not cut off').toBe(true);
  await country.selectOption('852');
  await student.field(student.words.phone).fill('9123');
  await page.reload();
  await expect(country).toHaveValue('852');
  await expect(student.field(student.words.phone)).toHaveValue('9123');

  await student.field(student.words.phone).fill('91');
  await page.getByRole('checkbox', { name: student.words.agree }).check();
  await student.button(student.words.getCode).click();
  await expect(page.getByRole('alert').filter({ hasText: '请检查手机号' })).toBeVisible();
  await student.field(student.words.phone).fill('9123 4567');
  await student.button(student.words.getCode).click();
  await expect(page.getByText('已发送至 +852 9123 4567')).toBeVisible();
  await student.field(student.words.code).fill(await latestCode('85291234567'));
  await student.arriveAt(student.words.schoolTitle);
});

test('a country that is not served is told before a message is asked for', async ({ page }) => {
  const student = new Student(page, people.newcomer);
  await page.goto('/');
  await student.field(student.words.phone).fill('+44 7911 123456');
  await page.getByRole('checkbox', { name: student.words.agree }).check();
  await student.button(student.words.getCode).click();
  await expect(page.getByRole('alert').filter({ hasText: '目前不能向这个国家或地区的号码发送短信' })).toBeVisible();
});
