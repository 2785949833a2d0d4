// What a student does wrong is told where it was done, and nothing that was typed is lost.
import { people } from './support/people.js';
import { latestCode } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

/** Right in itself, and of nobody on the roster. */
const UNKNOWN = '11010519491231002X';
/** The number of `people.wang` with another check character. */
const MISTYPED = '310104200112039032';

/** A code of six digits that is not this one. */
function otherThan(code) {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}

test('a wrong code, a mistyped number and an unknown one', async ({ page }) => {
  const student = new Student(page, people.wang);
  await page.goto('/');
  await student.askForCode();
  const code = await latestCode(people.wang.phone);
  await student.field('6 位验证码').fill(otherThan(code));
  await expect(page.getByRole('alert').filter({ hasText: '还可以再试 4 次' })).toBeVisible();
  await expect(page.getByText('已发送至 138 0000 0003')).toBeVisible();
  await student.field('6 位验证码').fill(code);

  await student.chooseSchool();
  await student.fillIdentity(MISTYPED);
  await expect(page.getByRole('alert').filter({ hasText: '最后一位与前面的数字不符' })).toBeVisible();
  await expect(student.field('证件号码')).toHaveValue('310104 20011203 9032');
  await expect(student.field('证件号码')).toHaveAttribute('aria-invalid', 'true');
  await expect(student.radio('msc')).toBeChecked();

  await student.field('证件号码').fill(UNKNOWN);
  await student.button('核验').click();
  const causes = page.getByRole('alert').getByRole('listitem');
  await expect(causes).toHaveCount(2);
  await expect(causes.first()).toContainText('提前毕业');
  await expect(causes.last()).toContainText('另一个证件号');

  // Who verified with a phone that is lost now goes on from here, with what was typed.
  await student.button(student.words.lostPhoneLink).click();
  await student.arriveAt(student.words.lostPhoneTitle);
  await expect(student.field('证件号码')).toHaveValue('110105 19491231 002X');
  await expect(page.locator('#school')).toHaveValue('北京大学医学部');
  await page.goBack();
  await student.button('核验').click();

  await student.button('申请核对').click();
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('110105 19491231 002X');
  await sheet.getByLabel('姓名').fill('王小雨');
  await sheet.getByLabel('姓名').press('Enter');
  await expect(sheet).toContainText('已发送给学校');
  await sheet.getByRole('button', { name: '关闭' }).last().click();
  const identity = page.url();
  await student.link(student.words.orders).click();
  await student.arriveAt(student.words.ordersTitle);
  await expect(page.locator('.card', { hasText: '等待学校答复' })).toContainText('发送时间');
  await page.goto(identity);

  for (const again of [async () => {}, async () => page.reload()]) {
    await again();
    await expect(student.field('证件号码')).toHaveValue('110105 19491231 002X');
    await expect(student.radio('msc')).toBeChecked();
  }
  await student.verify();
});
