import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { audit, open } from './browser.mjs';
import { heading } from './steps.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

/** Types a number twice and looks where its form is. */
async function lookUp(page, number) {
  for (const id of ['first', 'again']) await page.locator(`#number-${id}`).fill(number);
  await page.keyboard.press('Enter');
  await page.locator('#found:focus').waitFor();
}

test('a number that follows is brought in the MIG list, and only then can be ticked', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&more=1', hash: '/mig' });
  assert.equal(await page.getByLabel('Baby ist gekennzeichnet').count(), 0);
  await page.getByRole('button', { name: 'Kundennummer nachtragen: Baby' }).click();
  await page.keyboard.type('234B567899');
  await page.keyboard.press('Tab');
  await page.keyboard.type('234B567898');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByRole('link', { name: /Die beiden Nummern sind nicht gleich/ }).click();
  assert.match(await page.evaluate(() => document.activeElement?.id), /-again$/, 'the error leads to its field');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('234B567899');
  await page.keyboard.press('Enter');
  await page.getByLabel('Baby ist gekennzeichnet').check();
  await page.getByRole('contentinfo').getByText('Kundennummer fehlt noch').waitFor({ state: 'detached' });
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the end of the day counts what follows and what lies about', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&more=1', hash: '/feierabend' });
  await page.getByRole('heading', { name: 'Bei 1 Person fehlt noch die Kundennummer' }).waitFor();
  await page.getByRole('heading', { name: '1 Papierbogen noch zu schreddern' }).waitFor();
  await page.getByRole('contentinfo').getByText(/1 Kundennummer fehlt noch · 1 Papierbogen zu schreddern/).waitFor();
  await page.getByRole('link', { name: 'Papierbögen ansehen' }).click();
  await page.getByText('Warum gleich schreddern?').waitFor();
  await page.getByRole('button', { name: 'Ist geschreddert: Frau B.' }).click();
  await page.getByText('Kein Papierbogen ist zu schreddern.').waitFor();
  await page.goto(page.url().replace(/#.*/, '#/protokoll'));
  await page.getByRole('cell', { name: 'Papierbogen geschreddert' }).first().waitFor();
  await page.context().close();
});

test('a sheet that was typed in is confirmed into the ledger, or stays on the list', async () => {
  for (const later of [false, true]) {
    const page = await site.visit({ scene: 'counsellor' });
    await page.getByRole('link', { name: /12345BG0000017/ }).click();
    await page.getByLabel('Papier: Sami').click();
    await page.getByRole('link', { name: 'Vom Papier abtippen' }).click();
    await heading(page, 'Vom Papier abtippen');
    await page.keyboard.press('a');
    await page.locator('#refuse:checked').waitFor();
    await page.keyboard.press('Enter');
    await heading(page, 'Papierbogen jetzt schreddern (P-5)');
    if (later) await page.getByRole('link', { name: 'Später schreddern' }).click();
    else {
      await page.getByLabel('Der Papierbogen ist geschreddert').check();
      await page.getByRole('button', { name: 'Weiter' }).click();
    }
    await heading(page, '4 von 5 fertig');
    assert.equal(await page.getByRole('contentinfo').getByText('1 Papierbogen zu schreddern').count(), later ? 1 : 0);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

test('new answers begin with the information and are marked as a change, not as answers', async () => {
  const page = await site.visit({ scene: 'counsellor', hash: '/uebergeben' });
  await page.getByRole('link', { name: 'Meinung geändert' }).click();
  await lookUp(page, '234b 567890');
  await page.getByText('noch nicht geöffnet').waitFor();
  await page.locator('#label').fill('Frau B.');
  await page.getByRole('button', { name: 'Neu ausfüllen' }).click();
  await heading(page, 'Bevor wir anfangen');
  await page.getByRole('link', { name: 'Zur Bedarfsgemeinschaft' }).click();
  await page.getByText(/Änderung: Dieser Bogen tritt an die Stelle eines früheren/).waitFor();
  await page.getByRole('link', { name: 'Bedarfsgemeinschaften' }).click();
  await page.getByRole('link', { name: /Frau B\..*Änderung/s }).waitFor();
  await page.context().close();
});

test('a withdrawal is one confirmation, and looks like any other form until it is sealed and gone', async () => {
  const page = await site.visit({ scene: 'counsellor', hash: '/aenderung' });
  await lookUp(page, '234B567892');
  const ways = page.getByRole('button', { name: /^(Neu ausfüllen|Alles zurückziehen …)$/ });
  assert.equal(new Set(await ways.evaluateAll((buttons) => buttons.map((button) => button.className))).size, 1, 'neither way stands out');
  await page.getByRole('button', { name: 'Alles zurückziehen …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Alles zurückziehen' }).click();
  await page.getByRole('button', { name: '1 Bogen versiegeln' }).click();
  await page.getByRole('link', { name: 'Jetzt übertragen' }).click();
  await page.getByRole('button', { name: 'Jetzt übertragen' }).click();
  await page.getByText('Alles übergeben und hier vernichtet').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('after entry there is a letter: which rights, whom to write to, the number only if wanted', async () => {
  const page = await site.visit({ scene: 'counsellor', hash: '/aenderung' });
  await lookUp(page, '234B567893');
  const letter = page.locator('article');
  const text = await letter.textContent();
  for (const wanted of [/Art\. 15 DSGVO/, /Art\. 16 DSGVO/, /Art\. 17 DSGVO/, /Art\. 21 DSGVO/, /§ 53 Abs\. 7 SGB II, § 281 Abs\. 4 SGB III, Verordnung MighEV/, /Jobcenter Musterstadt \(Demo\), Musterweg 1/, /Statistik der Bundesagentur für Arbeit/, /Datenschutzbeauftragte/, /Bundesbeauftragte/]) assert.match(text, wanted);
  assert.ok(!text.includes('234B567893'));
  await page.getByLabel('Kundennummer auf das Schreiben drucken').check();
  await letter.getByText('234B567893').waitFor();
  await page.emulateMedia({ media: 'print' });
  const visible = await page.evaluate(() => document.body.innerText);
  assert.match(visible, /Guten Tag,/);
  assert.doesNotMatch(visible, /Zum Inhalt|Andere Nummer|Vorschau|Was jetzt noch geht/);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length, 1, 'the letter is one page');
  await page.context().close();
});

test('where nobody can be asked, it says what to do', async () => {
  const page = await site.visit({ scene: 'counsellor', hash: '/aenderung', query: '&offline=1' });
  await lookUp(page, '234B567892');
  await page.getByText('Ohne Verbindung lässt sich das nicht nachsehen').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Neu ausfüllen' }).count(), 0);
  await page.getByRole('button', { name: 'Andere Nummer' }).click();
  await lookUp(page, '123A456789');
  await page.getByRole('link', { name: 'Zum Bogen' }).click();
  await heading(page, '3 von 5 fertig');
  await page.context().close();
});

test('a clerk reads what to do with a form that replaces another', async () => {
  const page = await site.visit({ scene: 'clerk', query: '&more=1' });
  for (const [place, todo] of [[1, /wie jeden anderen/], [2, /überschreiben Sie alle Werte/], [3, /berichtigen Sie im Fachverfahren/]]) {
    await page.getByRole('link', { name: `Bogen ${place} öffnen` }).click();
    await page.getByText(todo).waitFor();
    await page.getByRole('link', { name: 'Zurück, ohne zu bestätigen' }).click();
  }
  await page.context().close();
});

test('the ledger is checked in words, and printed whole without anything around it', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&more=1', hash: '/protokoll' });
  await page.getByText('Seite 1 von 3').waitFor();
  await page.getByRole('button', { name: 'Prüfen' }).click();
  await page.getByText('133 Zeilen, lückenlos').waitFor();
  await page.getByRole('link', { name: 'Zum Drucken' }).click();
  await page.getByText('vollständig und echt').waitFor();
  assert.equal(await page.locator('tbody tr').count(), 133);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('nav:visible, footer:visible, button:visible').count(), 0);
  assert.deepEqual(await audit(page), []);
  await page.context().close();
});

test('the ledger is saved as a file for an auditor, and the key to compare is shown', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&more=1', hash: '/protokoll' });
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Für eine Revision sichern' }).click()]);
  assert.match(file.suggestedFilename(), /^vernichtungsprotokoll-[0-9a-f]{8}\.audit$/);
  assert.equal(await readFile(await file.path(), 'latin1'), 'bogen audit');
  await page.getByText('7c1e'.repeat(16)).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('past handovers stand below the button, page by page', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&more=1', hash: '/uebergeben' });
  const rows = page.getByRole('region', { name: 'Bisherige Übergaben' }).getByRole('listitem');
  await rows.nth(4).waitFor();
  assert.match(await rows.first().textContent(), /gegen Quittung vernichtet/);
  assert.equal(await rows.count(), 5);
  await page.getByRole('button', { name: 'Ältere zeigen' }).click();
  await rows.nth(9).waitFor();
  assert.equal(await rows.count(), 10);
  await page.context().close();
});
