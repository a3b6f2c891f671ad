import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { open } from './browser.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

const PAGE = 25;
const ALL = 10_003;
const rows = (page) => page.locator('main li a');
const count = (page, text) => page.getByText(text, { exact: true }).waitFor();
const first = (page) => rows(page).first().locator('.name').textContent();

test('ten thousand units: a page at a time, found by number, filtered by state', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&units=10000' });
  await count(page, '10.003 insgesamt');
  assert.equal(await rows(page).count(), PAGE);
  await count(page, `Seite 1 von ${Math.ceil(ALL / PAGE)}`);
  const begins = await first(page);
  await page.getByRole('button', { name: 'Nächste Seite' }).click();
  await count(page, `Seite 2 von ${Math.ceil(ALL / PAGE)}`);
  assert.equal(await rows(page).count(), PAGE);
  assert.notEqual(await first(page), begins);
  assert.equal(await page.locator('main').evaluate((main) => main.scrollTop), 0, 'a page begins at its top');
  assert.ok((await page.locator('*').count()) < 600, 'no more in the page than is shown');

  await page.locator('#search').fill('0009998');
  await count(page, '1 von 10.003');
  assert.equal(await first(page), '12346BG0009998');
  await page.locator('#search').fill('');
  await count(page, '10.003 insgesamt');
  assert.equal(await first(page), begins, 'a search begins at the first page');

  await page.locator('#state').selectOption('ready');
  await count(page, '1 von 10.003');
  assert.match(await first(page), /Herr K\./);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('who finds nothing reads what was looked for, and gets back to everything', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&units=60' });
  await page.locator('#search').fill('gibt es nicht');
  await page.locator('#state').selectOption('reminder');
  await page.getByText('Nichts gefunden zu „gibt es nicht“, Stand „jemand fehlt“.').waitFor();
  assert.equal(await rows(page).count(), 0);
  await page.getByRole('button', { name: 'Alle zeigen' }).click();
  await count(page, '63 insgesamt');
  assert.equal(await page.locator('#search:focus').inputValue(), '');
  assert.equal(await page.locator('#state').inputValue(), '');
  await page.context().close();
});
