import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { audit, open, picture } from './browser.mjs';
import { beginForm } from './steps.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

/** Moves on with the Tab key until the focus is on what has this name, as somebody without a mouse does, and presses Enter. */
async function tabTo(page, name, key = 'Enter') {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent?.trim() ?? '';
    });
    if (here.startsWith(name)) return key && page.keyboard.press(key);
  }
  assert.fail(`"${name}" cannot be reached with the Tab key`);
}

const heading = (page, text) => page.getByRole('heading', { level: 1, name: text }).waitFor();
const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim());

async function type(page, label, text) {
  await tabTo(page, label, null);
  await page.keyboard.type(text);
}

/** Answers questions with the keys 1 to 3 and waits for each next heading. */
async function answer(page, keys) {
  for (const key of keys) {
    const before = await page.locator('h1').textContent();
    await page.keyboard.press(key);
    await page.waitForFunction((text) => document.querySelector('h1')?.textContent !== text, before);
  }
}

test('from the first number to the MIG list, with the keyboard alone', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await tabTo(page, 'Neu anlegen');
  await heading(page, 'Neu anlegen');
  assert.equal(await focused(page), 'Neu anlegen', 'a new view begins at its heading');

  await type(page, 'BG-Nummer', '54321//0000042');
  await type(page, 'BG-Nummer noch einmal', '54321BG0000043');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByRole('link', { name: /nicht gleich/ }).waitFor();
  await tabTo(page, 'Die beiden Nummern');
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');

  await heading(page, 'Person hinzufügen');
  await type(page, 'Bezeichnung', 'Frau A.');
  await type(page, 'Kundennummer', '123B000001');
  await type(page, 'Kundennummer noch einmal', '123B000001');
  await tabTo(page, 'Hinzufügen und weitere Person');
  await page.waitForFunction(() => document.activeElement?.id === 'label' && document.activeElement.value === '');
  await page.keyboard.type('Kind 1');
  await tabTo(page, 'Die Person antwortet', null);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  await heading(page, '0 von 2 fertig');
  await tabTo(page, 'Beginnen: Frau A.');
  await heading(page, 'Bevor wir anfangen');
  await tabTo(page, 'Weiter');
  await heading(page, /Besitzen Sie/);
  assert.match(await focused(page), /Besitzen Sie/);

  await answer(page, '1');
  await page.keyboard.press('ArrowLeft');
  await heading(page, /Besitzen Sie/);
  assert.equal(await page.getByRole('button', { name: 'Ja' }).getAttribute('aria-pressed'), 'true', 'the answer before is shown');
  await answer(page, '12');
  await page.getByText('Zuletzt: Geburtsort außerhalb').waitFor();
  await answer(page, '23');
  assert.equal(await page.getByText('Mutter (Elternteil 1): nach 1949').count(), 0, 'nobody is pressed after "Keine Angabe"');
  await answer(page, '2');
  await heading(page, 'Stimmt alles so?');
  await picture(page, 'way-1-check');

  await tabTo(page, 'Ändern: Geburtsort');
  assert.equal(await focused(page), '✓\u00a0Nein', 'the present answer has the focus');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Es ist noch nicht alles beantwortet.').waitFor();
  assert.equal(await focused(page), 'Ändern', 'the focus comes back');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Nein');
  await tabTo(page, 'Ja, so stimmt es');

  await heading(page, '1 von 2 fertig');
  await tabTo(page, 'Übergeben …');
  await tabTo(page, 'Kind 1 fehlt', ' ');
  await tabTo(page, '1 Bogen versiegeln');
  await heading(page, '1 Bogen ist versiegelt');
  await picture(page, 'way-2-sealed');
  assert.match(await page.locator('footer').textContent(), /1 Bogen liegt versiegelt auf diesem Gerät/);

  await tabTo(page, 'Jetzt übertragen');
  await heading(page, 'Übergeben');
  await tabTo(page, 'Jetzt übertragen');
  await page.getByText('Alles übergeben und hier vernichtet').waitFor();
  await picture(page, 'way-3-delivered');
  assert.doesNotMatch(await page.locator('footer').textContent(), /versiegelt auf diesem Gerät/);

  await tabTo(page, 'MIG-Liste');
  await heading(page, 'MIG-Liste');
  await page.getByText('123B000001').waitFor();
  await tabTo(page, 'Kopieren: Kundennummer 123B000001');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '123B000001');
  await tabTo(page, 'Frau A. ist gekennzeichnet', ' ');
  await page.getByText('gekennzeichnet', { exact: true }).waitFor();
  assert.deepEqual(await audit(page), []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a person declines everything in one action, takes it back in one, and it shows nowhere else', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  await page.getByRole('link', { name: 'Weiter: Amira' }).click();
  await page.getByRole('button', { name: 'Weiter' }).click();
  await page.getByRole('button', { name: 'Ich möchte für mein Kind nicht antworten' }).click();
  await page.getByText('Das hat keine Nachteile').waitFor();
  await page.getByRole('button', { name: 'Ich möchte für mein Kind doch antworten' }).click();
  await heading(page, /als \(Spät-\)Aussiedlerin/);
  await page.getByRole('button', { name: 'Ich möchte für mein Kind nicht antworten' }).click();
  await page.getByText('✓\u00a0fertig').waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Zur Bedarfsgemeinschaft' }).click();
  await heading(page, '4 von 5 fertig');
  assert.doesNotMatch(await page.locator('main').textContent(), /Keine Angabe|nicht antworten|abgelehnt/);
  await page.context().close();
});

test('the answers stay in the same place from question to question', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await page.getByRole('link', { name: /12345BG0000025/ }).click();
  await page.getByRole('link', { name: 'Beginnen: Herr S.' }).click();
  await page.getByRole('button', { name: 'Weiter' }).click();
  const places = [];
  for (const key of '11111111') {
    places.push((await page.getByRole('group').getByRole('button', { name: 'Keine Angabe' }).boundingBox()).y);
    await answer(page, key);
  }
  assert.equal(new Set(places).size, 1, `Keine Angabe stood at ${places.join(', ')}`);
  await page.context().close();
});

test('a locked app shows nothing of what it holds, and lets in where it was', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  await heading(page, '3 von 5 fertig');
  await page.getByRole('button', { name: 'Sperren' }).click();
  await heading(page, 'Entsperren');
  const shown = await page.locator('body').textContent();
  for (const secret of ['12345BG0000017', 'Layla', '123A456789', 'von 5']) assert.ok(!shown.includes(secret), `${secret} is shown`);
  await page.locator('#passphrase').fill('ein langer kennsatz');
  await page.keyboard.press('Enter');
  await heading(page, '3 von 5 fertig');
  await page.context().close();
});

test('without a connection nothing is an error and nothing is lost', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&offline=1' });
  await page.getByRole('link', { name: /Herr K\., Termin/ }).click();
  await page.getByRole('link', { name: 'Übergeben …' }).click();
  await page.getByRole('button', { name: '1 Bogen versiegeln' }).click();
  await page.getByRole('link', { name: 'Jetzt übertragen' }).click();
  await page.getByRole('button', { name: 'Jetzt übertragen' }).click();
  await page.getByText('Alles liegt sicher auf diesem Gerät').waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  assert.match(await page.locator('footer').textContent(), /1 Bogen liegt versiegelt.*Ohne Verbindung/);
  await page.context().close();
});

test('a form begun in an older version stays on it, and says what is new', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&newer' });
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  await page.getByRole('link', { name: 'Ansehen: Layla' }).click();
  await page.getByRole('button', { name: 'Weiter' }).click();
  await page.getByText('Begonnen in Fassung 1 des Bogens').waitFor();
  await page.getByText('Die Hilfe zur dritten Frage nennt jetzt auch Umzüge aus der DDR.').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the browser\'s "back" leads to the question before, and leaves only from the first', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await beginForm(page, /12345BG0000025/, 'Beginnen: Herr S.');
  const first = await page.locator('h1').textContent();
  await answer(page, '12');
  const third = await page.locator('h1').textContent();
  await answer(page, '2');
  await page.goBack();
  await heading(page, third);
  assert.equal(await page.locator('[aria-pressed=true]').count(), 1, 'its answer is kept');
  await page.goBack();
  await page.waitForFunction((text) => document.querySelector('h1')?.textContent !== text, third);
  await page.goBack();
  await heading(page, first);
  await page.goBack();
  await heading(page, /0 von 1 fertig/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('who locks can type the passphrase at once', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await page.getByRole('button', { name: 'Sperren' }).click();
  await page.locator('#passphrase:focus').waitFor();
  await page.context().close();
});

test('a double click answers one question', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await beginForm(page, /12345BG0000025/, 'Beginnen: Herr S.');
  await page.getByRole('button', { name: 'Nein' }).dblclick({ delay: 60 });
  await heading(page, /Geburtsort/);
  await page.getByText('Zuletzt: ').waitFor();
  await heading(page, /Geburtsort/);
  await page.context().close();
});

test('the bar names whose form it is, and nobody from the screen before', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  await page.getByRole('link', { name: 'Beginnen: Sami' }).click();
  await page.locator('header.bar').getByText('Sami').waitFor();
  await page.goBack();
  await page.getByLabel('Papier: Amira').click();
  await page.getByRole('link', { name: 'Vom Papier abtippen' }).click();
  await page.locator('h1').first().waitFor();
  assert.doesNotMatch(await page.locator('header.bar').textContent(), /Sami/);
  await page.context().close();
});
