// The captcha, solved outside of pages: for calls that a test makes itself.
import { createHash } from 'node:crypto';
import { origin } from './product.js';

/** A token that counts once. */
export async function captchaToken() {
  const { maxnumber, ...challenge } = await (await fetch(`${origin}/api/v1/auth/captcha-challenge`)).json();
  for (let number = 0; number <= maxnumber; number += 1) {
    const hash = createHash('sha256').update(`${challenge.salt}${number}`).digest('hex');
    if (hash === challenge.challenge) {
      return Buffer.from(JSON.stringify({ ...challenge, number })).toString('base64');
    }
  }
  throw new Error('the challenge has no solution');
}
