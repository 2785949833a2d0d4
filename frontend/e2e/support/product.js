// Where the product and its sandbox are, and what a tester can do with both: read messages, move the clock, refund.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What the chore tells by the environment. */
export function told(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run the tests by \`cargo xtask test --only browser\`.`);
  }
  return value;
}

/** The product's origin. */
export const origin = told('GRADPHOTO_URL');

/** The sandbox's addresses, by what is there. */
const addresses = JSON.parse(told('GRADPHOTO_SANDBOX'));

/** Where the sandbox shows its pages. */
export const sandbox = addresses.pages;

/** The origins of all that the sandbox stands in for. */
export const providers = new Set(Object.values(addresses).map((address) => new URL(address).origin));

/** A portrait that passes the automatic checks. */
export const portrait = told('GRADPHOTO_PORTRAIT');

/** The texts that were sent to a phone of eleven digits, the latest first. */
export async function messagesTo(phone) {
  const answer = await fetch(`${sandbox}/inbox.json?phone=${phone}`);
  return (await answer.json()).messages;
}

/** The code that was sent last to a phone of eleven digits. */
export async function latestCode(phone) {
  const messages = await messagesTo(phone);
  const message = messages.find(({ parameters }) => parameters.code);
  if (!message) {
    throw new Error(`no code was sent to ${phone}`);
  }
  return message.parameters.code;
}

/** Asks the sandbox's control to do something. */
export async function control(deed, body) {
  const answer = await fetch(`${sandbox}/_ctl/${deed}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`the sandbox refused ${deed}: ${answer.status}`);
  }
  return answer.json();
}

/** Moves the clock of product and sandbox on, and gives its time in milliseconds; the browser keeps its own. */
export async function advanceClock(seconds) {
  const { now } = await control('clock', { advance_s: seconds });
  return now * 1000;
}

/** What is done at the command line. */
async function run(...words) {
  const [program, ...basics] = JSON.parse(told('GRADPHOTO_COMMAND'));
  const { stdout } = await promisify(execFile)(program, [...words, ...basics]);
  return stdout;
}

/** What finance does at the command line. */
export const refund = (...words) => run('refund', ...words);

/** Loads the demo's photos that wait for review, and its reviewers. */
export const loadWaitingPhotos = () => run('sample-data', '--photos');

/** Asks the product as a program that has these cookies of a browser. */
export async function ask(path, cookies, method = 'GET') {
  const Cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return fetch(origin + path, { method, headers: { Cookie, Origin: origin } });
}
