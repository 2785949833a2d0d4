// Where the product and its sandbox are, and what a tester can do with the sandbox: read messages and move the clock.

/** What the chore tells by the environment. */
function told(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run the tests by \`cargo xtask test --only browser\`.`);
  }
  return value;
}

/** The product's origin. */
export const origin = told('GRADPHOTO_URL');

/** Where the sandbox shows its pages. */
export const sandbox = JSON.parse(told('GRADPHOTO_SANDBOX')).pages;

/** A portrait that passes the automatic checks. */
export const portrait = told('GRADPHOTO_PORTRAIT');

/** The code that was sent last to a phone of eleven digits. */
export async function latestCode(phone) {
  const answer = await fetch(`${sandbox}/inbox.json?phone=${phone}`);
  const { messages } = await answer.json();
  const message = messages.find(({ parameters }) => parameters.code);
  if (!message) {
    throw new Error(`no code was sent to ${phone}`);
  }
  return message.parameters.code;
}

/** Moves the clock of product and sandbox on, and gives its time in milliseconds; the browser keeps its own. */
export async function advanceClock(seconds) {
  const answer = await fetch(`${sandbox}/_ctl/clock`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ advance_s: seconds }),
  });
  if (!answer.ok) {
    throw new Error(`the clock did not move: ${answer.status}`);
  }
  const { now } = await answer.json();
  return now * 1000;
}

/** Asks the product as a program that has these cookies of a browser. */
export async function ask(path, cookies, method = 'GET') {
  const Cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return fetch(origin + path, { method, headers: { Cookie, Origin: origin } });
}
