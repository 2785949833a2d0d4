// `test` with a guard: no page may break the content policy, throw, or ask anybody but the product.
import { expect as plainExpect, test as base } from '@playwright/test';
import { origin, providers } from './product.js';

/** Waits as long as a slow machine needs, outside the test runner too; a slow line needs longer. */
export const expect = plainExpect.configure({ timeout: Number(process.env.GRADPHOTO_EXPECT_MS ?? 30_000) });

/** What the browser itself prints for an answer of 400 and above; the pages tell those in words. */
const FAILED_ANSWER = 'Failed to load resource';

/** Whether a page may ask there; a provider's own page, which the browser goes to, may ask its provider. */
function isOurs(request, own) {
  const { protocol, origin: asked } = new URL(request.url());
  const isLocal = protocol === 'blob:' || protocol === 'data:';
  const isOfProvider = () => request.isNavigationRequest() || providers.has(new URL(request.frame().url()).origin);
  return isLocal || asked === own || (providers.has(asked) && isOfProvider());
}

/** Collects what no page of a context may do; `own` is the product that its pages are of. */
export async function guard(context, own = origin) {
  const faults = [];
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`Content Security Policy: ${event.violatedDirective} refused ${event.blockedURI}`);
    });
  });
  context.on('console', (message) => {
    const text = message.text();
    const isFault = message.type() === 'error' && !text.startsWith(FAILED_ANSWER);
    if (isFault || text.includes('Content Security Policy')) {
      faults.push(`console: ${text}`);
    }
  });
  context.on('weberror', (error) => faults.push(`thrown: ${error.error()}`));
  context.on('request', (request) => {
    if (!isOurs(request, own)) {
      faults.push(`asked elsewhere: ${request.url()}`);
    }
  });
  return faults;
}

export const test = base.extend({
  context: async ({ context, baseURL }, use) => {
    const faults = await guard(context, baseURL);
    await use(context);
    expect(faults, 'what no page may do').toEqual([]);
  },
});
