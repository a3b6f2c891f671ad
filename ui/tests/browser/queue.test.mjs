import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { open } from './browser.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

test('ten thousand forms in one queue: a page at a time, and the next one is a key away', async () => {
  const page = await site.visit({ scene: 'clerk', query: '&queue=10000', hash: '/erfassen' });
  const rows = page.locator('main tbody tr');
  await page.getByText('Seite 1 von 200', { exact: true }).waitFor();
  assert.equal(await rows.count(), 50);
  assert.ok((await page.locator('*').count()) < 1200, 'no more in the page than is shown');
  await page.getByRole('button', { name: 'Nächste Seite' }).click();
  await page.getByText('Seite 2 von 200', { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'a page begins at its top');
  await page.getByRole('link', { name: 'Bogen 51 öffnen', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Nächsten öffnen' }).click();
  await page.getByRole('button', { name: 'Nummern stimmen überein' }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
