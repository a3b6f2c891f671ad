import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { open, overflow } from './browser.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

/** The report of a leader, shown. */
async function report(options = {}) {
  const page = await site.visit({ scene: 'team_leader', hash: '/datenqualitaet', ...options });
  await page.getByText('Stand: Sonntag, 08.03.2026').waitFor();
  return page;
}

test('a leader finds the report from the counts, and every chart has a table that says the same', async () => {
  const page = await site.visit({ scene: 'team_leader' });
  await page.getByRole('link', { name: 'Datenqualität' }).click();
  await page.getByRole('heading', { level: 1, name: 'Datenqualität' }).waitFor();
  await page.getByText('Team Leistung Nord').waitFor();
  for (const name of ['Übergeben und erfasst', 'Klärungen, Rückfragen und Vernichtung ohne Erfassung']) {
    const table = page.getByRole('region', { name: `Tabelle: ${name}` });
    assert.equal(await table.getByRole('row').count(), 13, 'a head and twelve weeks');
    assert.match(await table.getByRole('row').last().textContent(), /KW 10\/2026\s*02\.03\.2026/);
  }
  assert.equal(await page.locator('.chart[aria-hidden=true]').count(), 2, 'the pictures are for the eyes');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('no number in the report is one from 1 to 9, and a small one says so beside a pattern of its own', async () => {
  const page = await report();
  const shown = await page.locator('td.figure, td.count, .chart text').allTextContents();
  assert.ok(shown.length > 50);
  for (const text of shown) assert.match(text, /^(0|<10|unter 10|[1-9]\d*0)$/, text);
  assert.ok(shown.includes('<10') && shown.includes('unter 10'));
  const fills = await page.locator('.chart rect').evaluateAll((bars) => bars.map((bar) => [bar.getAttribute('fill'), bar.classList.contains('few')]));
  assert.ok(fills.some(([fill]) => fill === 'url(#bar-few)'));
  assert.ok(fills.every(([fill, few]) => few === (fill === 'url(#bar-few)')));
  await page.context().close();
});

test('it is saved as a file that a spreadsheet reads, and printed', async () => {
  const page = await report({ init: () => (globalThis.print = () => (globalThis.printed = true)) });
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV sichern' }).click()]);
  assert.equal(download.suggestedFilename(), 'Bogen-Bericht-2026-03-08.csv');
  const bytes = await readFile(await download.path());
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'the mark survives');
  await page.getByRole('button', { name: 'Drucken' }).click();
  assert.equal(await page.evaluate(() => globalThis.printed), true);
  await page.context().close();
});

test('a whole year scrolls in its chart, from the newest week back, and the page does not; on paper it is whole', async () => {
  const page = await report({ width: 360, height: 800 });
  await page.getByLabel('Zeitraum').selectOption('53');
  await page.waitForFunction(() => document.querySelectorAll('.chart .week').length === 106);
  assert.ok((await overflow(page)) <= 0);
  const newest = await page.locator('.chart .week').nth(52).boundingBox();
  assert.ok(newest.x > 0 && newest.x + newest.width <= 360, 'the newest week is seen first');
  await page.emulateMedia({ media: 'print' });
  const wider = await page.evaluate(() => Math.max(...[...document.querySelectorAll('.chart')].map((chart) => chart.scrollWidth - chart.clientWidth)));
  assert.ok(wider <= 0, `${wider} px are cut off`);
  assert.equal(await page.getByRole('button', { name: 'Drucken' }).isVisible(), false);
  await page.context().close();
});

test('an administrator chooses the team; one that is too small has no report, and says why', async () => {
  const page = await report({ scene: 'admin' });
  assert.equal(await page.locator('nav [aria-current=page]').first().textContent(), 'Verwalten');
  await page.getByLabel('Team', { exact: true }).selectOption('Leistung Süd');
  await page.getByText('Berichte gibt es für Teams ab 5 Mitgliedern.').waitFor();
  assert.equal(await page.getByRole('table').count(), 0);
  assert.equal(await page.getByRole('button', { name: 'CSV sichern' }).count(), 0);
  await page.getByLabel('Team', { exact: true }).selectOption('Leistung Nord');
  await page.getByText('Stand: Sonntag').waitFor();
  assert.equal(await page.getByText('Berichte gibt es').count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
