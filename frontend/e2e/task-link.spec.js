// A school's link to its collection: what it is, when and for how much, before anybody logs in.
import { people } from './support/people.js';
import { ask } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

test('dates and fee come before the login, and the login leads on', async ({ page, context }) => {
  const student = new Student(page, people.linked);
  await student.logIn();
  const found = await ask(`/api/v1/schools?name=${encodeURIComponent('北医')}`, await context.cookies());
  const [{ tasks }] = (await found.json()).schools;
  await student.button(student.words.logOut).click();
  await student.arriveAt(student.words.loginTitle);

  await page.goto(`/t/${tasks[0].id}`);
  await student.arriveAt(student.words.taskLinkTitle);
  await expect(page.getByRole('heading', { level: 2, name: '北京大学医学部' })).toBeVisible();
  for (const [name, value] of [['采集时间', /\d.* 至 .*\d/], ['费用', '¥20.00'], ['咨询', /\S/]]) {
    await expect(page.locator('.fact', { hasText: name }).locator('dd')).toHaveText(value);
  }
  await expect(page.getByText('开始后请先用手机号登录')).toBeVisible();
  await student.link(student.words.toIdentity).click();
  const other = new Student(page, people.linked2);
  await other.askForCode();
  await other.enterCode();
  await other.arriveAt(other.words.identityTitle);
});

test('a link to nothing says so and leads to the schools', async ({ page }) => {
  const student = new Student(page, people.linked);
  await page.goto('/t/task_00000000000000000000000001');
  await expect(page.getByRole('alert')).toContainText('您的学校未开放采集任务');
  await page.getByRole('link', { name: /查找您的学校/ }).click();
  await student.arriveAt(student.words.loginTitle);
});
