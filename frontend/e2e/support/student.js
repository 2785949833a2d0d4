// What a student does, step by step; each step ends where the next one begins.
import { Person } from './person.js';
import { ask, control, latestCode, portrait } from './product.js';
import { expect } from './test.js';
import { words } from './words.js';

export class Student extends Person {
  /**
   * @param {import('@playwright/test').Page} page the browser's page
   * @param {object} person one of `people`
   * @param {'zh' | 'en'} language what the pages speak
   */
  constructor(page, person, language = 'zh') {
    super(page, person, words[language]);
  }

  /** Logs in; the page that comes is where the student goes on. */
  async logIn() {
    await this.page.goto('/');
    await this.askForCode();
    await this.enterCode();
  }

  /** Asks for a code; the first one in an hour comes without a captcha. */
  async askForCode() {
    await this.fillPhone();
    await expect(this.field(this.words.code)).toBeVisible();
  }

  async fillPhone() {
    await this.arriveAt(this.words.loginTitle);
    await this.field(this.words.phone).fill(this.person.typed ?? this.person.phone);
    await this.page.getByRole('checkbox', { name: this.words.agree }).check();
    await this.button(this.words.getCode).click();
  }

  /** Types the code that was sent last; the page logs in by itself. */
  async fillCode() {
    await expect(this.field(this.words.code)).toBeVisible();
    await this.field(this.words.code).fill(await latestCode(this.person.phone));
  }

  /** Types the code and waits until it has logged in. */
  async enterCode() {
    await this.fillCode();
    await expect(this.button(this.words.logOut).first()).toBeVisible();
  }

  async chooseSchool() {
    await this.arriveAt(this.words.schoolTitle);
    await this.field(this.words.school).fill(this.person.school);
    await this.button(this.words.find).click();
    await this.link(this.words.toIdentity).click();
    await this.arriveAt(this.words.identityTitle);
  }

  async fillIdentity(number = this.person.number) {
    const { kind, level } = this.person;
    if (kind) {
      await this.button(this.words.otherKinds).click();
      await this.radio(kind).check();
    }
    await this.field(this.words.number).fill(number);
    await this.radio(level).check();
    if (this.person.isNameAsked) {
      await this.page.locator('#name').fill(this.person.name);
      if (this.person.studentNo) {
        await this.page.locator('#student-no').fill(this.person.studentNo);
      }
    }
  }

  /** A choice by its word, which is the same in every language. */
  radio(word) {
    return this.page.locator(`input[type=radio][value=${word}]`);
  }

  /** The button of a provider, by its word. */
  wayToPay(provider) {
    return this.page.locator('.pay-way', { hasText: this.words[provider] });
  }

  async verify() {
    await this.fillIdentity();
    await this.button(this.words.verify).click();
    await this.arriveAt(this.words.photoTitle);
    await expect(this.page.getByText(this.person.shown ?? this.person.name)).toBeVisible();
  }

  async consent() {
    await this.button(this.words.consent).click();
    await expect(this.field(this.words.pick)).toBeAttached();
  }

  /** Logs in and comes to where the photo is chosen, the first time or again. */
  async comeToPhoto() {
    await this.logIn();
    const { schoolTitle, photoTitle } = this.words;
    const title = this.page.getByRole('heading', { level: 1 });
    await expect.poll(async () => [schoolTitle, photoTitle].includes(await title.textContent())).toBe(true);
    if ((await title.textContent()) === schoolTitle) {
      await this.chooseSchool();
      await this.verify();
      await this.consent();
    }
    await this.arriveAt(photoTitle);
    await expect(this.field(this.words.pick)).toBeAttached();
  }

  async choosePhoto() {
    await this.field(this.words.pick).setInputFiles(portrait);
    await expect(this.page.getByRole('heading', { name: this.words.frameTitle })).toBeVisible();
  }

  /** The tool, not the main action that may be the same. */
  async frameAutomatically() {
    await this.page.locator('.tool', { hasText: '自动' }).click();
  }

  async submitPhoto() {
    await this.choosePhoto();
    // Once the photo is measured, it is framed as the standard wants, and its lines are drawn.
    await expect(this.page.locator('.guide-line')).toHaveCount(4);
    await this.button(this.words.use).click();
  }

  /** From the very beginning to the receipt. */
  async comeToConfirm() {
    await this.logIn();
    await this.chooseSchool();
    await this.verify();
    await this.consent();
    await this.submitPhoto();
    await this.arriveAt(this.words.confirmTitle);
  }

  /** From the address on a poster to the receipt of a payment that the browser went to. */
  async takePart(link) {
    await this.page.goto(link);
    await this.arriveAt(this.words.taskLinkTitle);
    await expect(this.page.getByText('¥20.00').first()).toBeVisible();
    await this.link(this.words.toIdentity).click();
    await this.askForCode();
    await this.enterCode();
    await this.arriveAt(this.words.identityTitle);
    await this.verify();
    await this.consent();
    await this.submitPhoto();
    await this.goOnToPay();
    await this.payElsewhere('wechat_pay');
    await this.isPaid();
  }

  /** From the receipt of what costs nothing to its order. */
  async finish() {
    await this.arriveAt(this.words.confirmTitle);
    await this.link(this.words.done).click();
    await this.arriveAt(this.words.orderTitle);
  }

  async comeToPay() {
    await this.comeToConfirm();
    await this.goOnToPay();
  }

  /** From the receipt. */
  async goOnToPay() {
    await this.arriveAt(this.words.confirmTitle);
    await this.link(this.words.confirm).click();
    await this.arriveAt(this.words.payTitle);
  }

  /** Chooses a way to pay; gives the address of its cashier. */
  async choosePayment(provider) {
    await this.wayToPay(provider).click();
    await expect(this.code(provider)).toBeVisible();
    return this.link(this.words.cashier).getAttribute('href');
  }

  /** The code to scan. */
  code(provider) {
    return this.page.getByRole('img', { name: this.words[provider] }).first();
  }

  /** Pays on another device, as somebody does who scans the code. */
  async payAt(cashier) {
    const pay = await this.openCashier(cashier);
    await pay();
  }

  /** Opens the cashier on another device; gives what pays there, even after the order was closed. */
  async openCashier(cashier) {
    const device = await this.page.context().browser().newContext();
    const page = await device.newPage();
    await page.goto(cashier);
    const number = await page.getByRole('definition').nth(1).textContent();
    return async ({ isLate = false } = {}) => {
      if (isLate) {
        await control('fault', { match: { out_trade_no: number, operation: 'pay' }, do: 'pay_after_close' });
      }
      await page.getByRole('button', { name: '支付', exact: true }).click();
      await expect(page.getByText('支付成功')).toBeVisible();
      await device.close();
    };
  }

  /** Chooses a way to pay that the browser goes to, pays there and comes back. */
  async payElsewhere(provider) {
    await this.wayToPay(provider).click();
    await this.button('支付').click();
    await expect(this.page.getByText('支付成功')).toBeVisible();
    await this.link('返回商家').click();
  }

  /** The page has turned by itself. */
  async isPaid() {
    await expect(this.page.getByRole('status').filter({ hasText: this.words.paidDetail })).toBeVisible();
    await expect(this.wayToPay('alipay')).toHaveCount(0);
  }

  /** The student's verifications as the server knows them. */
  async enrolments() {
    const answer = await ask('/api/v1/me/enrolments', await this.page.context().cookies());
    return (await answer.json()).items;
  }
}
