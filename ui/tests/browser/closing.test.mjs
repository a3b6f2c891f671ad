import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { open, picture } from './browser.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

const heading = (page, text) => page.getByRole('heading', { level: 1, name: text }).waitFor();

/** Seals the one form that is ready, and goes to the end of the day. */
async function sealAndClose(page) {
  await page.getByRole('link', { name: /Herr K\., Termin/ }).click();
  await page.getByRole('link', { name: 'Übergeben …' }).click();
  await page.getByRole('button', { name: '1 Bogen versiegeln' }).click();
  await page.getByRole('link', { name: 'Feierabend' }).click();
  await page.getByText('1 Bogen versiegelt, noch nicht übergeben').waitFor();
  await page.getByRole('button', { name: 'Übergeben und sperren' }).click();
}

test('the end of the day hands over, tells what is to be marked now, and locks', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await sealAndClose(page);
  await page.getByText('1 Bogen übergeben, 1 hier vernichtet.').waitFor();
  await page.getByRole('heading', { name: '3 Personen mit „MIG“ zu kennzeichnen' }).waitFor();
  await picture(page, 'closing-delivered');
  await page.getByRole('main').getByRole('button', { name: 'Sperren' }).click();
  await heading(page, 'Entsperren');
  await page.getByText('Alles ist übergeben. Das Gerät ist gesperrt.').first().waitFor();
  await page.locator('#passphrase').fill('ein langer kennsatz');
  await page.keyboard.press('Enter');
  await heading(page, 'Bedarfsgemeinschaften');
  await page.getByRole('button', { name: 'Sperren' }).click();
  await heading(page, 'Entsperren');
  assert.equal(await page.getByText('Alles ist übergeben').count(), 0, 'the next sitting has its own last word');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('without a connection everything is safe and the device can be locked all the same', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&offline=1' });
  await sealAndClose(page);
  await page.getByText('Alles bleibt versiegelt und sicher auf diesem Gerät.').waitFor();
  assert.equal(await page.getByRole('alert').count(), 0, 'no connection is no error');
  await page.getByRole('button', { name: 'Trotzdem sperren' }).click();
  await heading(page, 'Entsperren');
  assert.equal(await page.getByText('Alles ist übergeben').count(), 0);
  await page.context().close();
});

test('the oldest drafts come first, with words for their age', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&units=200', hash: '/feierabend' });
  const rows = page.getByRole('list', { name: 'Am längsten liegen:' }).getByRole('listitem');
  assert.match(await rows.first().textContent(), /12346BG0000199\s*!\s*seit 9 Tagen,\s*bitte jetzt abschließen/);
  await rows.first().getByRole('link').click();
  await heading(page, '0 von 1 fertig');
  await page.context().close();
});

test('only whoever collects has an end of the day', async () => {
  const page = await site.visit({ scene: 'clerk' });
  assert.equal(await page.getByRole('link', { name: 'Feierabend' }).count(), 0);
  await page.context().close();
});
