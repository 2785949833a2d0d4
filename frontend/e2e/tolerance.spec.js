// What people type and paste is read as they mean it, and what cannot be read is told beside its field.
import { people } from './support/people.js';
import { advanceClock, latestCode } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

/** Puts a text on the clipboard's way into the field that has the focus, as the browser's own pasting does. */
async function paste(field, text) {
  await field.focus();
  await field.evaluate((input, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    if (input.dispatchEvent(event)) {
      // What a browser does where the page lets it: lines are joined.
      input.setRangeText(pasted.replaceAll(/[\r\n]/g, ''), input.selectionStart, input.selectionEnd, 'end');
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  }, text);
}

// All tests share an address, to which ten codes are sent in an hour.
test.beforeEach(() => advanceClock(3600));

test('a phone from a contact list, and a code from a whole message', async ({ page }) => {
  const student = new Student(page, { ...people.pasting, typed: '+86 (0)138 0000 0021。' });
  await page.goto('/');
  await student.askForCode();
  const field = student.field(student.words.code);
  expect(await field.getAttribute('maxlength'), 'a message is not cut').toBeNull();

  const code = await latestCode(people.pasting.phone);
  const other = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  await paste(field, `旧验证码${other}，新验证码${code}`);
  await expect(page.getByRole('alert').filter({ hasText: '请输入短信中的 6 位数字' })).toBeVisible();
  await expect(field).toHaveValue('');

  await field.fill('398');
  await student.button('登录').click();
  await expect(page.getByRole('alert').filter({ hasText: '请输入短信中的 6 位数字' })).toBeVisible();
  await expect(field).toHaveValue('398');

  const signature = '【一所名字很长很长很长很长很长的大学毕业图像采集办公室】';
  await paste(field, `${signature}\n尾号12的用户，您正在2026年登录。\n验证码${code}，5分钟内有效。`);
  await student.arriveAt(student.words.schoolTitle);
});

test('an old number, a Cyrillic X and a permit of July 2024', async ({ page }) => {
  const student = new Student(page, people.pasting2);
  await student.logIn();
  await student.chooseSchool();
  const number = student.field(student.words.number);
  await number.fill('110105491231002');
  await number.blur();
  await expect(page.getByRole('alert').filter({ hasText: '15 位的旧身份证号已于 2013 年停止使用' })).toBeVisible();
  await number.fill('11010519491231002Х');
  await number.blur();
  await expect(number).toHaveValue('110105 19491231 002X');
  await expect(number).toHaveAttribute('aria-invalid', 'false');

  await student.verify();
});

test('who is not found is told how a name may be written, and not what differs', async ({ page }) => {
  const student = new Student(page, people.pasting3);
  await student.logIn();
  await student.chooseSchool();
  await student.fillIdentity();
  await student.button(student.words.verify).click();
  const told = page.getByRole('alert');
  await expect(told).toContainText('请再看一眼号码、学历层次和姓名');
  const ways = told.locator('.name-ways').getByRole('listitem');
  await expect(ways).toHaveCount(3);
  await expect(ways.first()).toContainText('间隔号');
  await expect(ways.nth(1)).toContainText('姓在前或在后都可以');
});
