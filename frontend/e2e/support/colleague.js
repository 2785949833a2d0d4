// What a member of staff does in the console, step by step; each step ends where the next one begins.
import { createHmac } from 'node:crypto';
import { Person } from './person.js';
import { advanceClock, latestCode } from './product.js';
import { expect } from './test.js';

/** How long a code of an authenticator is shown. Source: RFC 6238. */
const STEP_MS = 30_000;
/** The letters of base 32. Source: RFC 4648. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The secret of every sample authenticator; see `service::sample::staff`. */
export const SAMPLE_SECRET = Buffer.from('gradphoto sample key');

/** The sample staff of `gradphoto sample-data`. */
export const staff = {
  operator: { phone: '13900000001', name: '钱运营', secret: SAMPLE_SECRET },
  bureauReviewer: { phone: '13900000003', name: '周审核', secret: SAMPLE_SECRET },
  /** Of the school whose students' photos wait. */
  schoolReviewer: { phone: '13900000004', name: '吴老师', secret: SAMPLE_SECRET },
  officer: { phone: '13900000002', name: '孙老师', secret: SAMPLE_SECRET, school: '北京大学医学部' },
};

/** What the console says. */
const words = {
  zh: {
    login: '工作人员登录', phone: '手机号', agree: /我已阅读并同意/, getCode: '获取验证码', smsCode: '6 位短信验证码',
    second: '输入动态码', code: '动态码', confirm: '确认', logOut: '退出登录', hello: (name) => `${name}，您好`,
  },
  en: {
    login: 'Staff login', phone: 'Phone number', agree: /I have read and accept/, getCode: 'Get a code',
    smsCode: '6-digit code from the text message', second: 'Enter your authenticator code', code: 'Authenticator code',
    confirm: 'Confirm', logOut: 'Log out', hello: (name) => `Hello, ${name}`,
  },
};

/** The bytes that a text in base 32 stands for. */
export function fromBase32(text) {
  let bits = '';
  for (const letter of text.replace(/\s/g, '')) {
    bits += BASE32.indexOf(letter).toString(2).padStart(5, '0');
  }
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
}

/** The code that an authenticator shows for a time step. Source: RFC 4226, RFC 6238. */
function codeOfStep(secret, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const offset = hash[hash.length - 1] & 15;
  const number = (hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, '0');
}

export class Colleague extends Person {
  /** The time step of the last code: each code works once. */
  #step = 0;

  constructor(page, person, language = 'zh') {
    super(page, person, words[language]);
  }

  /** A code that was not used yet; where the last one is still shown, the clock moves on. */
  async code() {
    let now = await advanceClock(0);
    if (Math.floor(now / STEP_MS) <= this.#step) {
      now = await advanceClock(STEP_MS / 1000);
    }
    this.#step = Math.floor(now / STEP_MS);
    return codeOfStep(this.person.secret, this.#step);
  }

  /** From the phone to the code that was sent to it. */
  async logInByPhone() {
    await this.page.goto('/console');
    await this.arriveAt(this.words.login);
    await this.field(this.words.phone).fill(this.person.phone);
    await this.page.getByRole('checkbox', { name: this.words.agree }).check();
    await this.button(this.words.getCode).click();
    await expect(this.field(this.words.smsCode)).toBeVisible();
    await this.field(this.words.smsCode).fill(await latestCode(this.person.phone));
  }

  /** Types a code of the authenticator. */
  async confirm() {
    await this.field(this.words.code).fill(await this.code());
    await this.button(this.words.confirm).click();
  }

  /** Logs in; the start comes. */
  async logIn() {
    await this.logInByPhone();
    await this.arriveAt(this.words.second);
    await this.confirm();
    await this.arriveAt(this.words.hello(this.person.name));
  }

  async logOut() {
    await this.button(this.words.logOut).click();
    await this.arriveAt(this.words.login);
  }

  /** What the console would send or ask, for who is logged in; the answer. */
  async call(method, path, body) {
    const { status, text } = await this.page.evaluate(async ([method, path, body]) => {
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
      return { status: answer.status, text: await answer.text() };
    }, [method, path, body]);
    expect(status, `${path}: ${text}`).toBeLessThan(300);
    return JSON.parse(text);
  }
}
