import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { NOW, open } from './browser.mjs';
import { answer, beginForm, heading } from './steps.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

/** A form of the household, two answers in. */
async function amidForm(query = '') {
  const page = await site.visit({ scene: 'counsellor', query });
  await beginForm(page, /12345BG0000017/, 'Beginnen: Sami');
  await answer(page, '12');
  return page;
}

const words = (page) => page.locator('body').innerText();

/** Unlocks with the passphrase as this user. */
async function unlock(page, name) {
  await page.getByLabel(name).check();
  await page.locator('#passphrase').fill('ein langer kennsatz');
  await page.keyboard.press('Enter');
}

test('one key locks from anywhere, nothing of the form stays, and unlocking returns to the same question', async () => {
  const page = await amidForm();
  const question = await page.locator('h1').textContent();
  await page.keyboard.press('Control+Shift+L');
  await heading(page, 'Entsperren');
  assert.doesNotMatch(await page.content(), /Sami|Staatsangehörigkeit/);
  await unlock(page, 'Jana Winter');
  await heading(page, question);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a window that nobody touches locks itself after the minutes that are set', async () => {
  const page = await amidForm();
  await page.clock.setFixedTime(new Date(NOW.getTime() + 9.9 * 60_000));
  await page.keyboard.press('Shift');
  await page.clock.setFixedTime(new Date(NOW.getTime() + 19.8 * 60_000));
  // It looks every five seconds.
  await page.waitForTimeout(6000);
  assert.equal(await page.getByRole('heading', { name: 'Entsperren' }).count(), 0, 'not ten minutes since the last key');
  await page.clock.setFixedTime(new Date(NOW.getTime() + 20 * 60_000));
  await heading(page, 'Entsperren');
  assert.doesNotMatch(await page.content(), /Sami|Staatsangehörigkeit/);
  await page.context().close();
});

test('a lock that fails shows what is true, and says so', async () => {
  const page = await amidForm('&full_once=lock');
  const question = await page.locator('h1').textContent();
  await page.getByRole('button', { name: 'Sperren' }).click();
  await heading(page, question);
  await page.getByRole('alert').getByText('Die App ist nicht gesperrt.').waitFor();
  await answer(page, '1');
  await page.getByRole('alert').getByText('Der Speicher dieses Geräts ist voll').waitFor();
  await page.getByRole('button', { name: 'Sperren' }).click();
  await heading(page, 'Entsperren');
  assert.equal(await page.getByRole('alert').count(), 0);
  await page.context().close();
});

test('somebody else does not land at the place of whoever sat there', async () => {
  const page = await amidForm();
  await page.getByRole('button', { name: 'Sperren' }).click();
  await heading(page, 'Entsperren');
  await unlock(page, 'Mehmet Kaya');
  await heading(page, 'Erfassen');
  assert.doesNotMatch(page.url(), /bogen\/|bg\//);
  await page.context().close();
});

test('the page is empty before the app has answered that it is locked', async () => {
  const page = await amidForm();
  await page.evaluate(() => {
    const seen = [];
    new MutationObserver(() => seen.push(document.body.innerText)).observe(document.body, { childList: true, subtree: true });
    globalThis.seen = seen;
  });
  await page.getByRole('button', { name: 'Sperren' }).click();
  await heading(page, 'Entsperren');
  const seen = await page.evaluate(() => globalThis.seen);
  const first = seen.findIndex((text) => /Entsperren/.test(text));
  assert.ok(seen.slice(0, first).every((text) => !/Staatsangehörigkeit/.test(text)) && !/Staatsangehörigkeit/.test(seen[first]), 'the question never stands beside the lock screen');
  await page.context().close();
});

test('a window that nobody sees shows nothing, and asks before it shows anything again', async () => {
  const page = await amidForm();
  const turn = (state) =>
    page.evaluate((visible) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visible });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  const question = page.locator('h1');
  await turn('hidden');
  await question.waitFor({ state: 'hidden' });
  assert.equal((await words(page)).trim(), '');
  await turn('visible');
  await question.waitFor({ state: 'visible' });
  await page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
  await question.waitFor({ state: 'hidden' });
  await page.context().close();
});

test('the PIN of the day: digits by finger or keyboard, focus in the field, three wrong tries and only the passphrase helps', async () => {
  const page = await site.visit({ scene: 'counsellor', hash: '/einstellungen' });
  await page.locator('#pin').fill('1234');
  await page.getByRole('button', { name: 'PIN setzen' }).click();
  await page.getByRole('link', { name: /zu leicht zu erraten/ }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'pin');
  await page.locator('#pin').fill('2580');
  await page.keyboard.press('Enter');
  await page.getByText('Die PIN ist gesetzt.').waitFor();
  await page.keyboard.press('Control+Shift+L');
  await page.locator('#pin:focus').waitFor();
  for (const digit of ['2', '5', '9']) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: 'Löschen' }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'pin', 'the finger on the pad leaves the focus in the field');
  await page.keyboard.type('80');
  await page.keyboard.press('Enter');
  await heading(page, 'Einstellungen');
  await page.keyboard.press('Control+Shift+L');
  for (const left of ['Noch 2 Versuche', 'Noch ein Versuch', 'Die PIN gilt nicht mehr']) {
    await page.locator('#pin').fill('9999');
    await page.keyboard.press('Enter');
    await page.getByText(left).waitFor();
  }
  await page.locator('#passphrase:focus').waitFor();
  await page.keyboard.type('ein langer kennsatz');
  await page.keyboard.press('Enter');
  await heading(page, 'Einstellungen');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the passphrase is always a way in, and a PIN is asked only of whom it belongs to', async () => {
  const page = await site.visit({ scene: 'locked', query: '&pin=clerk' });
  await page.locator('#pin:focus').waitFor();
  await page.getByLabel('Jana Winter').check();
  await page.locator('#passphrase').waitFor();
  await page.getByLabel('Mehmet Kaya').check();
  await page.getByRole('button', { name: 'Mit Kennsatz entsperren' }).click();
  await page.locator('#passphrase:focus').waitFor();
  await page.context().close();
});

test('the minutes until the lock are set within an hour', async () => {
  const page = await site.visit({ scene: 'counsellor', hash: '/einstellungen' });
  await page.locator('#minutes').fill('90');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /ganze Zahl von 1 bis 60/ }).click();
  await page.locator('#minutes').fill('3');
  await page.keyboard.press('Enter');
  await page.getByText('Gespeichert.').waitFor();
  await page.getByRole('link', { name: 'Hilfe' }).click();
  await page.getByText('Nach 3 Minuten ohne Eingabe').waitFor();
  await page.context().close();
});

test('numbers can be copied, forms cannot, and the lock empties the clipboard', async () => {
  const page = await site.visit({ scene: 'clerk' });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('link', { name: 'Nächsten öffnen' }).click();
  await page.getByRole('button', { name: 'Kopieren: Kundennummer' }).click();
  await page.getByRole('button', { name: 'Kopiert: Kundennummer' }).waitFor();
  assert.equal(await clipboard(), '567E890120');
  await page.getByRole('button', { name: 'Nummern stimmen überein' }).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+c');
  await page.getByText('Antworten lassen sich nicht kopieren.').waitFor({ state: 'attached' });
  assert.equal(await clipboard(), '567E890120', 'the answers did not take its place');
  await page.getByRole('button', { name: 'Sperren' }).click();
  await heading(page, 'Entsperren');
  assert.equal(await clipboard(), '');
  await page.context().close();
});
