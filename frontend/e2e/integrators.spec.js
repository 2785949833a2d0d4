// From a key of a test school to the first photo: by the guide's own commands, and in the API explorer.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DESKTOP } from './support/browser.js';
import { Colleague, staff } from './support/colleague.js';
import { advanceClock, origin } from './support/product.js';
import { expect, test } from './support/test.js';

const GUIDE = new URL('../../docs/integrators.md', import.meta.url);
/** A change of a photo is listed after ten seconds. */
const SETTLED_S = 11;
const SCOPES = ['tasks:read', 'roster:read', 'roster:write', 'photos:read', 'photos:deliver'];

test.use({ ...DESKTOP, locale: 'zh-CN' });

/** A key of a new test school, made by an operator. */
async function testKey(page) {
  const operator = new Colleague(page, staff.operator);
  await operator.logIn();
  const school = await operator.call('POST', '/test-schools', { code: '99977', name: '示例大学（试用接口）' });
  const client = await operator.call('POST', `/schools/${school.id}/integrators`, { name: '教务系统', scopes: SCOPES });
  const { secret } = await operator.call('POST', `/integrators/${client.id}/credentials`, {});
  return { id: client.id, secret };
}

/** Runs the commands of the guide, one after the other, and gives the first photo. */
async function followGuide(key) {
  const blocks = [...(await readFile(GUIDE, 'utf8')).matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block);
  const folder = await mkdtemp(join(tmpdir(), 'guide-'));
  const env = { ...process.env, GRADPHOTO: origin, CLIENT_ID: key.id, CLIENT_SECRET: key.secret, no_proxy: '*' };
  try {
    await promisify(execFile)('bash', ['-c', `set -euo pipefail\n${blocks.join('')}`], { cwd: folder, env });
    return await readFile(join(folder, 'photo.jpg'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a test key leads to the first photo, and calls in the explorer', async ({ page }) => {
  const began = performance.now();
  const key = await testKey(page);
  await advanceClock(SETTLED_S);
  const photo = await followGuide(key);
  expect([photo[0], photo[1]]).toEqual([0xff, 0xd8]);
  console.log(`From the login of an operator to the first photo: ${((performance.now() - began) / 1000).toFixed(1)} s`);

  await page.goto('/api/docs/');
  await expect(page.getByText('no other keys belong there')).toBeVisible();
  await page.getByRole('button', { name: 'Authorize' }).click();
  const dialog = page.locator('.auth-container', { hasText: 'clientCredentials' });
  await expect(dialog).toContainText('请勿填写正式学校的密钥');
  await dialog.getByLabel('client_id:').fill(key.id);
  await dialog.getByLabel('client_secret:').fill(key.secret);
  await dialog.getByRole('button', { name: 'Apply given OAuth2 credentials' }).click();
  await expect(dialog.getByRole('button', { name: 'Remove authorization' })).toBeVisible();
  await page.locator('.close-modal').click();
  // Without the operator's session, so that the token alone answers for the call.
  await page.context().clearCookies();
  await page.locator('#operations-tag-schools').click();
  const operation = page.locator('#operations-schools-list_managed_schools');
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  await operation.getByRole('button', { name: 'Execute' }).click();
  await expect(operation.locator('.live-responses-table tbody .response-col_status')).toHaveText('200');
  await expect(operation.locator('.live-responses-table')).toContainText('"items"');
});
