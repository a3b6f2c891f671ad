import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { open, picture } from './browser.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

/** Opens the first form of the queue. */
async function opened(options = {}) {
  const page = await site.visit({ scene: 'clerk', ...options });
  await page.getByRole('link', { name: 'Nächsten öffnen' }).click();
  await page.getByText('567E890120').waitFor();
  return page;
}

const current = (page) => page.locator('[aria-current=step]');
const values = (page) => page.locator('section[aria-labelledby=values] strong').allTextContents();

test('no value is on the page before somebody said that the numbers are the same', async () => {
  const page = await opened();
  await page.getByRole('heading', { name: 'Nummern vergleichen' }).waitFor();
  const text = await page.locator('main').innerHTML();
  for (const word of ['Ja', 'Nein', 'Keine Angabe', 'Staatsangehörigkeit', 'entfällt']) assert.doesNotMatch(text, new RegExp(`\\b${word}\\b`));
  await page.keyboard.press('Control+Enter');
  await page.getByText('567E890120').waitFor();
  assert.equal(await current(page).count(), 0, 'and nothing can be confirmed');
  await page.getByRole('button', { name: 'Nummern stimmen überein' }).click();
  assert.deepEqual(await values(page), ['Ja', 'Nein', 'Nein', 'Ja']);
  await page.getByText('567E890120').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a clerk compares, goes through the values and confirms with six keys; the next form opens by itself', async () => {
  const page = await opened();
  let keys = 0;
  const press = async (key) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  await press('Enter');
  for (const [value, label] of [['Ja', '1. Deutsche'], ['Nein', '2. Geburtsort'], ['Nein', '3. Staats'], ['Ja', '4. Ein Elternteil']]) {
    await current(page).filter({ hasText: label }).waitFor();
    assert.match(await current(page).textContent(), new RegExp(value));
    assert.ok(await current(page).evaluate((row) => row === document.activeElement), 'a screen reader hears each value');
    await press('Enter');
  }
  assert.match(await page.evaluate(() => document.activeElement?.textContent), /567E890120/, 'whose values these were');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByText('567E890120').waitFor();
  assert.match(await page.evaluate(() => document.activeElement?.textContent), /567E890120/, 'whoever goes on pressing Enter confirms nothing');
  await press('Control+Enter');
  await page.getByText('567E890121').waitFor();
  assert.equal(keys, 6);
  await page.getByText('Erfasst. Der Umschlag wird um 09:45 Uhr vernichtet.').waitFor({ state: 'attached' });
  assert.equal(await current(page).count(), 0, 'the next form begins with its numbers');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.getByText('war schon einmal geöffnet').waitFor();
  await picture(page, 'way-4-opened-before');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('arrows and clicks lead to any value; a key held down leads nowhere', async () => {
  const page = await opened();
  const at = async () => Number((await current(page).textContent()).trim()[0]);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await at(), 3);
  await page.keyboard.press('ArrowUp');
  assert.equal(await at(), 2);
  await page.getByRole('button', { name: /^4\./ }).click();
  assert.equal(await at(), 4);
  await page.getByRole('button', { name: /^1\./ }).click();
  // The second and every later one of a key that is held down is a repetition.
  await page.keyboard.down('Enter');
  for (let again = 0; again < 9; again++) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  assert.equal(await at(), 2);
  await page.keyboard.down('ArrowDown');
  for (let again = 0; again < 9; again++) await page.keyboard.down('ArrowDown');
  await page.keyboard.up('ArrowDown');
  assert.equal(await at(), 3);
  await page.keyboard.press('Enter');
  await page.keyboard.down('Enter');
  for (let again = 0; again < 9; again++) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await page.getByText('567E890120').waitFor();
  assert.match(await page.evaluate(() => document.activeElement?.textContent), /567E890120/, 'whoever leans on the key confirms nothing');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('values stand as the mask of the office says; where it asks for the code MIG, nothing is confirmed before it is ticked', async () => {
  const page = await opened({ query: '&mask=1' });
  await page.keyboard.press('Enter');
  assert.equal((await values(page)).length, 8);
  assert.match(await page.getByRole('button', { name: /^Geb\.-Ort außerh/ }).textContent(), /Nein\s*N/);
  assert.match(await page.getByRole('button', { name: /^Zuzug n\. 1949/ }).textContent(), /entfällt\s*-/);
  assert.equal(await page.locator('details').count(), 0, 'nothing that the office does not record');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Bitte sehen Sie nach und wählen Sie.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'mig-set');
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+Enter');
  await page.getByText('567E890121').waitFor();
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#mig-set:checked, #mig-missing:checked').count(), 0, 'asked anew for each person');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('as a narrow strip nothing is cut off, and number, current value and button are in sight together', async () => {
  const page = await opened({ query: '&mask=1&demo=0', width: 360, height: 700 });
  await page.keyboard.press('Enter');
  for (let place = 1; place <= 8; place++) {
    const parts = [page.getByText('567E890120'), current(page), page.getByRole('button', { name: 'Im Fachverfahren gespeichert' })];
    for (const part of parts) {
      const box = await part.boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= 700 && box.x >= 0 && box.x + box.width <= 360, `field ${place}: ${JSON.stringify(box)}`);
    }
    const [value, button] = [await current(page).boundingBox(), await page.locator('.dock').boundingBox()];
    assert.ok(value.y + value.height <= button.y + 1, 'the dock covers nothing');
    await page.keyboard.press('ArrowDown');
  }
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
  await page.context().close();
});

test('an administrator tries a mask file before anybody works with it; what is wrong stands at the field, and nothing typed is lost', async () => {
  const page = await site.visit({ scene: 'admin', hash: '/verwalten' });
  const section = page.getByRole('region', { name: 'Erfassungsmaske', exact: true });
  await section.getByText('von der App mitgebracht').waitFor();
  await section.getByText('Maske ändern').click();
  const field = section.getByLabel('Text der Maske');
  assert.match(await field.inputValue(), /format = 1/, 'there is something to begin with');
  await field.fill('[[field]]');
  await section.getByRole('button', { name: 'Prüfen und ansehen' }).click();
  await section.getByText('Zeile 1: missing field').first().waitFor();
  assert.equal(await field.inputValue(), '[[field]]');
  await section.locator('input[type=file]').setInputFiles({ name: 'maske.toml', mimeType: 'text/plain', buffer: Buffer.from('format = 1\nmig = true\n') });
  await section.getByText('Diese Maske gilt noch nicht').waitFor();
  await section.getByRole('row', { name: /Zuzug n\. 1949/ }).first().waitFor();
  await section.getByRole('button', { name: 'Verwerfen' }).click();
  await section.getByText('von der App mitgebracht').waitFor();
  await section.getByRole('button', { name: 'Prüfen und ansehen' }).click();
  await section.getByRole('button', { name: 'Übernehmen' }).click();
  await section.getByText('vom Jobcenter').waitFor();
  await page.getByText('Die Maske ist übernommen.').waitFor({ state: 'attached' });
  await section.getByRole('button', { name: 'Maske der App verwenden' }).click();
  await page.locator('dialog[open]').getByRole('button', { name: 'Maske der App verwenden' }).click();
  await section.getByText('von der App mitgebracht').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
