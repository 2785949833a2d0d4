// Forms: what is wrong stays told until it is mended, and the keyboard is enough.
import { people } from './support/people.js';
import { advanceClock } from './support/product.js';
import { Student } from './support/student.js';
import { expect, test } from './support/test.js';

// All tests share an address, to which ten codes are sent in an hour.
test.beforeEach(() => advanceClock(3600));

/** Longer than a field waits before it tells what is wrong with it. */
const AFTER_A_TAP_MS = 400;

test('the agreement and the phone stay wrong after a tap elsewhere', async ({ page }) => {
  const student = new Student(page, people.typist);
  await page.goto('/');
  await student.arriveAt(student.words.loginTitle);
  await student.field(student.words.phone).fill('138');
  await student.button(student.words.getCode).click();
  await expect(student.field(student.words.phone)).toBeFocused();
  await page.getByRole('heading', { level: 1 }).click();
  await page.waitForTimeout(AFTER_A_TAP_MS);
  await expect(page.getByRole('alert')).toHaveCount(2);
  await page.getByRole('checkbox', { name: student.words.agree }).check();
  await expect(page.getByRole('alert')).toHaveCount(1);
  await student.field(student.words.phone).fill(people.typist.phone);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('school and identity by keyboard, with mistakes', async ({ page }) => {
  const student = new Student(page, people.typist);
  await student.logIn();
  await student.arriveAt(student.words.schoolTitle);

  await test.step('suggestions are walked with the arrow keys', async () => {
    const field = page.getByRole('combobox', { name: student.words.school });
    const options = page.getByRole('option');
    const active = page.getByRole('option', { selected: true });
    await field.pressSequentially('示例');
    await expect(page.getByRole('listbox', { name: student.words.suggestions })).toBeVisible();
    await expect(field).toHaveAttribute('aria-expanded', 'true');
    await expect(page.getByRole('status').filter({ hasText: /有 \d+ 所可能的学校/ })).toBeAttached();
    await field.press('ArrowDown');
    await expect(active).toHaveCount(1);
    await expect(field).toHaveAttribute('aria-activedescendant', await active.getAttribute('id'));
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await field.press('ArrowUp');
    await expect(options.last()).toHaveAttribute('aria-selected', 'true');
    await field.press('Escape');
    await expect(options).toHaveCount(0);
    for (const typed of ['bjdxy', 'peking uni']) {
      await field.fill(typed);
      await expect(options).toHaveText(['北京大学医学部']);
    }
    await field.fill('');
    await field.pressSequentially('示例大');
    // Those of what was typed before stay until these are here.
    await expect(options.first()).toHaveText(/^示例大学/);
    await field.press('ArrowDown');
    const name = await active.textContent();
    await field.press('Enter');
    await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
    await expect(field).toHaveValue(name);
  });

  await page.goto('/school');
  await student.chooseSchool();

  await test.step('what is missing is told, and stays told', async () => {
    await student.button(student.words.verify).click();
    const number = student.field(student.words.number);
    await expect(number).toBeFocused();
    const alerts = page.getByRole('alert');
    await expect(alerts).toHaveCount(2);
    // Above the bar at the edge, which would hide it.
    const bar = await page.locator('.actions').boundingBox();
    const told = await alerts.first().boundingBox();
    expect(told.y + told.height).toBeLessThanOrEqual(bar.y);
    await page.getByRole('heading', { level: 1 }).click();
    await page.waitForTimeout(AFTER_A_TAP_MS);
    await expect(alerts).toHaveCount(2);
    await number.fill('110105');
    await page.getByRole('heading', { level: 1 }).click();
    await page.waitForTimeout(AFTER_A_TAP_MS);
    await expect(alerts, 'a number too short, and no level').toHaveCount(2);
    await student.radio('msc').check();
    await expect(alerts).toHaveCount(1);
  });

  await test.step('a level that is chosen right after the number is kept', async () => {
    const number = student.field(student.words.number);
    await number.focus();
    await student.radio('phd').check();
    await page.waitForTimeout(AFTER_A_TAP_MS);
    await expect(student.radio('phd')).toBeChecked();
  });

  await test.step('digits, and a key for the X', async () => {
    const number = student.field(student.words.number);
    await expect(number).toHaveAttribute('inputmode', 'numeric');
    await number.fill('');
    await number.pressSequentially('11010519491231002');
    await student.button(student.words.typeX).click();
    await expect(number).toHaveValue('110105 19491231 002X');
    await expect(number).toBeFocused();
    await student.button(student.words.otherKinds).click();
    await student.radio('passport').check();
    await expect(student.button(student.words.typeX)).toHaveCount(0);
  });

  await test.step('logging out asks before it deletes what was typed', async () => {
    await student.button(student.words.logOut).first().click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await page.goBack();
    await expect(dialog).toHaveCount(0);
    await student.arriveAt(student.words.identityTitle);
    await student.button(student.words.logOut).first().click();
    await dialog.getByRole('button', { name: student.words.logOut }).click();
    await student.arriveAt(student.words.loginTitle);
  });
});

test('a single level is chosen already', async ({ page }) => {
  const student = new Student(page, { ...people.typist2 });
  await student.logIn();
  await student.chooseSchool();
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(2);
});
