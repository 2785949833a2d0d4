// Help is one tap away everywhere, and a problem leads to its answer.
import { people } from './support/people.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

test('from the login page: the way, the rules, answers and whom to ask', async ({ page }) => {
  const student = new Student(page, people.nobody);
  await page.goto('/login');
  await student.arriveAt(student.words.loginTitle);
  await page.getByRole('contentinfo').getByRole('link').click();
  await student.arriveAt(student.words.helpTitle);
  for (const heading of ['办理流程', '照片要求', '常见问题', '还没有解决？']) {
    await expect(page.getByRole('heading', { level: 2, name: heading })).toBeVisible();
  }
});

test('a problem leads to the question that it belongs to', async ({ page }) => {
  const student = new Student(page, people.nobody);
  const problem = { code: 'login.sms_unavailable', title: '短信暂时发不出去', detail: '短信通道出现故障', status: 503, type: 'x', instance: 'x', request_id: 'x', retry_after_s: 60, errors: [] };
  const headers = { 'Content-Type': 'application/problem+json' };
  await page.route('**/auth/sms-challenges', (route) => route.fulfill({ status: 503, headers, body: JSON.stringify(problem) }));
  await page.goto('/login');
  await student.fillPhone();
  const link = page.getByRole('alert').getByRole('link');
  await expect(link).toHaveAttribute('href', '/help#sms');
  await page.goto('/help#sms');
  await expect(page.locator('details#sms')).toHaveAttribute('open', '');
});
