// The personal centre: contact data, language, and what is known about one.
import { people } from './support/people.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

test('data and language are saved, the log and the export are there', async ({ page }) => {
  const student = new Student(page, people.nobody);
  await student.logIn();
  await student.link('个人中心').click();
  await student.arriveAt('个人中心');
  await student.field('邮箱（选填）').fill('nobody@');
  await student.button('保存').click();
  await expect(student.field('邮箱（选填）')).toHaveAttribute('aria-invalid', 'true');
  await student.field('邮箱（选填）').fill('nobody@example.com');
  await student.field('邮寄地址（选填）').fill('北京市海淀区学院路 38 号');
  await student.button('保存').click();
  await expect(page.getByText('已保存')).toBeVisible();
  await page.reload();
  await expect(student.field('邮箱（选填）')).toHaveValue('nobody@example.com');
  await expect(student.field('邮寄地址（选填）')).toHaveValue('北京市海淀区学院路 38 号');

  const [file] = await Promise.all([page.waitForEvent('download'), student.button('导出我的数据').click()]);
  expect(file.suggestedFilename()).toMatch(/^gradphoto-\d{8}\.json$/);
  await student.link('谁看过我的信息').click();
  await student.arriveAt('谁看过我的信息');
  await expect(page.getByText('注册账号')).toBeVisible();
  await page.goBack();

  await page.getByRole('radio', { name: 'English' }).check();
  await student.button('保存').click();
  await student.arriveAt('My account');
  await page.reload();
  await student.arriveAt('My account');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('banner').getByRole('button', { name: '中文' }).click();
  await student.arriveAt('个人中心');
});
