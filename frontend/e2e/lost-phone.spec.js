// A student whose old number gets no more texts asks for help, without logging in.
import { people } from './support/people.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';
import { words } from './support/words.js';

/** What the report says; nobody has these numbers. */
const REPORT = { oldPhone: '13800000098', newPhone: '13800000099', name: '林示例', number: 'E12345678', school: '北京大学医学部' };

async function fill(page) {
  await page.locator('#old-phone').fill(REPORT.oldPhone);
  await page.locator('#new-phone').fill(REPORT.newPhone);
  await page.locator('#name').fill(REPORT.name);
  await page.locator('#school').fill(REPORT.school);
}

test('from the login page to a reference, and what happens next', async ({ page }) => {
  const student = new Student(page, people.nobody);
  await page.goto('/login');
  await student.link(words.zh.lostPhoneLink).click();
  await student.arriveAt(words.zh.lostPhoneTitle);

  await test.step('what is missing is told beside its field', async () => {
    await student.button(words.zh.lostPhoneSend).click();
    await expect(page.locator('#old-phone')).toBeFocused();
    await expect(page.getByRole('alert')).toHaveCount(5);
    await page.locator('#old-phone').fill(REPORT.newPhone);
    await fill(page);
    await page.locator('#new-phone').fill(REPORT.oldPhone);
    await expect(page.getByRole('alert').filter({ hasText: '请填写另一个手机号' })).toBeVisible();
    await page.locator('#new-phone').fill(REPORT.newPhone);
    await student.button(words.zh.otherKinds).click();
    await student.radio('passport').check();
    await student.field(words.zh.number).fill(REPORT.number);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  await test.step('a reload loses nothing', async () => {
    await page.reload();
    await expect(page.locator('#name')).toHaveValue(REPORT.name);
    await expect(student.field(words.zh.number)).toHaveValue(REPORT.number);
  });

  await test.step('a reference comes, and stays', async () => {
    await student.button(words.zh.lostPhoneSend).click();
    await student.arriveAt(words.zh.lostPhoneDone);
    const reference = page.getByText(/^编号 LP-[0-9A-Z]{8}$/);
    const shown = await reference.textContent();
    await expect(page.getByText('3 个工作日内打 138 0000 0099')).toBeVisible();
    await expect(page.getByRole('link', { name: 'service@photo.example' })).toHaveAttribute('href', /^mailto:/);
    await page.reload();
    await expect(reference).toHaveText(shown);
    const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
    expect(kept, 'what proves who somebody is').not.toContain(REPORT.number);
  });
});

test('the ways to it from help and from the code, in English', async ({ page }) => {
  const student = new Student(page, people.nobody, 'en');
  await page.goto('/help#phone');
  await page.getByRole('button', { name: 'English' }).click();
  await page.locator('#phone').getByRole('link', { name: words.en.lostPhoneLink }).click();
  await student.arriveAt(words.en.lostPhoneTitle);
  await student.button(words.en.lostPhoneSend).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Enter the name of your school' })).toBeVisible();
});

test('the operator stands in the agreement and on the help page', async ({ page }) => {
  await page.goto('/agreements/service_agreement');
  await expect(page.getByText('本平台由示例图像采集中心（演示）运营')).toBeVisible();
  await page.goto('/help');
  await expect(page.getByText('请问示例图像采集中心（演示）')).toBeVisible();
  await expect(page.getByRole('link', { name: '010-00000000' })).toHaveAttribute('href', 'tel:01000000000');
});
