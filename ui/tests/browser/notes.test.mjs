import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { open } from './browser.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

const opened = async (options = {}) => {
  const page = await site.visit({ scene: 'clerk', ...options });
  await page.getByRole('link', { name: 'Nächsten öffnen' }).click();
  await page.getByText('567E890120').waitFor();
  return page;
};

test('a clerk sends a form back as a question; it stays in her list, and Enter meanwhile shows and confirms nothing', async () => {
  const page = await opened();
  await page.getByRole('button', { name: 'Problem …' }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.getByRole('button', { name: 'Weiter' }).click();
  await dialog.getByText('Bitte wählen Sie, was nicht stimmt.').waitFor();
  await dialog.getByLabel(/passen nicht zusammen/).check();
  await dialog.getByText('keine Antwort').waitFor();
  await page.keyboard.press('Control+Enter');
  assert.equal(await page.locator('[aria-current=step]').count(), 0);
  await dialog.getByRole('button', { name: 'Weiter' }).click();
  await page.getByText('Rückfrage gestellt').waitFor();
  await page.getByText('Die Rückfrage ist unterwegs.').waitFor({ state: 'attached' });
  await page.getByText('5 Bögen warten auf Sie.').waitFor();
  await page.getByRole('link', { name: 'Nächsten öffnen' }).click();
  await page.getByText('567E890121').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a slip is corrected by typing the right number twice; it stands beside the values from then on', async () => {
  const page = await opened();
  await page.getByRole('button', { name: 'Problem …' }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.getByLabel(/Tippfehler/).check();
  await dialog.locator('#corrected-first').fill('567E890210');
  await dialog.locator('#corrected-again').fill('567E890211');
  await dialog.getByRole('button', { name: 'Weiter' }).click();
  await dialog.getByText('Die beiden Nummern sind verschieden.').waitFor();
  await dialog.locator('#corrected-again').fill('567E890210');
  await dialog.getByRole('button', { name: 'Weiter' }).click();
  await page.locator('.dock').getByText('567E890210').waitFor();
  assert.equal(await page.getByText('567E890120').count(), 0, 'one number, the right one');
  await page.getByRole('button', { name: 'Im Fachverfahren gespeichert' }).click();
  await page.getByText('567E890121').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('whoever filled in a form is told at once, answers each question and ticks off what there is to mend', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&questions=1' });
  await page.getByText('hat eine Rückfrage oder einen Hinweis für Sie').waitFor();
  await page.getByRole('link', { name: 'Ansehen' }).click();
  const card = (text) => page.getByRole('listitem').filter({ hasText: text });
  const number = card('Diese Kundennummer gibt es nicht');
  await number.getByRole('button', { name: 'Richtige Nummer schicken' }).click();
  await number.getByText('Bitte geben Sie die richtige Kundennummer ein.').first().waitFor();
  for (const field of ['first', 'again']) await number.locator(`input[id$=${field}]`).fill('567E890310');
  await number.getByRole('button', { name: 'Richtige Nummer schicken' }).click();
  await number.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'the focus is not lost with the card');
  await card('passen nicht zusammen').getByRole('button', { name: 'Der Bogen stimmt, bitte erfassen' }).click();
  await card('passen nicht zusammen').waitFor({ state: 'detached' });
  await card('zeigt nichts').getByRole('button', { name: 'Nicht erfassen …' }).click();
  await page.locator('dialog[open]').getByRole('button', { name: 'Zurücknehmen' }).click();
  for (const told of ['Tippfehler und ist berichtigt', 'Code „MIG“ fehlt', 'nicht öffnen']) {
    await card(told).getByRole('button', { name: 'Erledigt' }).click();
    await card(told).waitFor({ state: 'detached' });
  }
  await page.getByText('Gerade fragt niemand etwas.').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Ansehen' }).count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
