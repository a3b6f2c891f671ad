import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { NOW, open } from './browser.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

const heading = (page, text) => page.getByRole('heading', { level: 1, name: text }).waitFor();

test('a held form says why before it is opened and after', async () => {
  const page = await site.visit({ scene: 'clerk' });
  await page.getByText('Klärung · Kundennummer kam schon vor').waitFor();
  await page.getByRole('link', { name: 'Bogen 4 öffnen' }).click();
  await page.getByText('ob er erfasst ist').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a clerk who mistyped takes the confirmation back, and confirms anew', async () => {
  const page = await site.visit({ scene: 'clerk' });
  const back = () => page.getByRole('link', { name: 'Zurück, ohne zu bestätigen' }).click();
  await page.getByRole('link', { name: 'Nächsten öffnen' }).click();
  await page.getByText('567E890120').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.getByText('567E890121').waitFor();
  await back();
  const entered = page.getByRole('region', { name: 'Gespeichert, noch nicht vernichtet' });
  await entered.getByText('wird um 09:45 Uhr vernichtet').waitFor();
  await page.getByText('4 Bögen warten auf Sie.').waitFor();
  await page.getByRole('button', { name: 'Rückgängig: gespeicherter Bogen 1' }).click();
  await page.getByText('5 Bögen warten auf Sie.').waitFor();
  await page.getByText('Der Bogen steht wieder in der Liste.').waitFor({ state: 'attached' });
  await entered.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Erfassen', 'the focus is not lost with the button');

  await page.getByRole('link', { name: 'Bogen 1 öffnen' }).click();
  await page.getByText('567E890120').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.getByText('567E890121').waitFor();
  await back();
  await entered.waitFor();
  await page.clock.setFixedTime(NOW.getTime() + 15 * 60_000);
  await page.getByRole('button', { name: 'Rückgängig: gespeicherter Bogen 1' }).click();
  await page.getByText('Der Umschlag ist vernichtet').waitFor();
  await page.getByRole('button', { name: 'Aktualisieren' }).click();
  await entered.waitFor({ state: 'detached' });
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a clerk finds what she confirmed in the ledger', async () => {
  const page = await site.visit({ scene: 'clerk' });
  await page.getByRole('link', { name: 'Nächsten öffnen' }).click();
  await page.getByRole('button', { name: 'Nummern stimmen überein' }).click();
  await page.getByRole('button', { name: 'Im Fachverfahren gespeichert' }).click();
  await page.getByText('567E890121').waitFor();
  await page.getByRole('link', { name: 'Zurück, ohne zu bestätigen' }).click();
  await page.getByText('noch nicht vernichtet').first().waitFor();
  await page.clock.setFixedTime(NOW.getTime() + 15 * 60_000);
  await page.getByRole('button', { name: 'Aktualisieren' }).click();
  await page.getByText('noch nicht vernichtet').first().waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Vernichtungsprotokoll' }).click();
  await page.getByText('bei der Empfangsstelle vernichtet', { exact: true }).waitFor();
  await page.locator('main').getByRole('link', { name: 'Erfassen' }).click();
  await heading(page, 'Erfassen');
  await page.context().close();
});

test('a form without a customer number cannot be confirmed by accident', async () => {
  const page = await site.visit({ scene: 'clerk' });
  await page.getByRole('link', { name: 'Bogen 5 öffnen' }).click();
  await page.getByText('Bitte erst erfassen, wenn die Nummer da ist').waitFor();
  for (const key of ['Enter', 'Control+Enter']) await page.keyboard.press(key);
  assert.equal(await page.getByRole('button', { name: 'Im Fachverfahren gespeichert' }).count(), 0);
  await page.getByRole('link', { name: 'Zurück, ohne zu bestätigen' }).click();
  await page.getByText('5 Bögen warten auf Sie.').waitFor();
  await page.context().close();
});

for (const [scene, areas] of [
  ['counsellor', ['Erheben', 'Übergeben']],
  ['clerk', ['Erfassen']],
  ['team_leader', ['Verteilen']],
  ['admin', ['Übergeben', 'Verwalten']],
]) {
  test(`the navigation of a ${scene} shows their own work only`, async () => {
    const page = await site.visit({ scene });
    assert.deepEqual(await page.getByRole('navigation', { name: 'Bereiche' }).getByRole('link').allTextContents(), areas);
    await page.context().close();
  });
}

test('an administrator approves who waits, and shows an invitation once', async () => {
  const page = await site.visit({ scene: 'admin', hash: '/verwalten' });
  await page.getByRole('button', { name: 'Aylin Demir freigeben' }).click();
  await page.getByRole('rowheader', { name: 'Aylin Demir' }).waitFor();
  await page.getByRole('link', { name: 'Einladen' }).click();
  await page.getByRole('button', { name: 'Einladung erstellen' }).click();
  await page.getByRole('link', { name: 'Bitte geben Sie einen Namen ein.' }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'name', 'the error summary leads to the field');
  await page.keyboard.type('Kim Sommer');
  await page.getByLabel('Sachbearbeitung').check();
  await page.getByRole('button', { name: 'Einladung erstellen' }).click();
  await page.getByRole('button', { name: 'Einladung kopieren' }).click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^bogen-einladung-/);
  await page.getByRole('link', { name: 'Zurück zur Verwaltung' }).click();
  await heading(page, 'Verwalten');
  assert.doesNotMatch(await page.locator('body').textContent(), /bogen-einladung-/);
  await page.context().close();
});

test('the first administrator cannot go on before the root key is on paper', async () => {
  const page = await site.visit({ scene: 'first' });
  await page.getByRole('button', { name: 'Jobcenter einrichten' }).click();
  const texts = { url: 'https://bogen.example', code: 'abcd', office: 'Jobcenter Musterstadt', name: 'Tom Albers', passphrase: 'kurz', again: 'kurz' };
  for (const [id, text] of Object.entries(texts)) await page.locator(`#${id}`).fill(text);
  await page.getByRole('button', { name: 'Einrichten' }).click();
  await page.getByRole('alert').getByText('Der Kennsatz ist zu kurz.').waitFor();
  for (const id of ['passphrase', 'again']) await page.locator(`#${id}`).fill('vier wörter am stück');
  await page.getByRole('button', { name: 'Einrichten' }).click();
  await heading(page, 'Bitte jetzt ausdrucken');
  await page.getByRole('button', { name: 'Weiter zum Entsperren' }).click();
  await page.getByText('Bitte bestätigen Sie zuerst').waitFor();
  await page.getByLabel('Die drei Teile sind ausgedruckt und verteilt').check();
  await page.getByRole('button', { name: 'Weiter zum Entsperren' }).click();
  await heading(page, 'Entsperren');
  assert.doesNotMatch(await page.locator('body').textContent(), /bogen-teil/);
  await page.context().close();
});

test('a printed ledger has no controls on it', async () => {
  const page = await site.visit({ scene: 'counsellor', hash: '/protokoll' });
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('button', { name: 'Sperren' }).isVisible(), false, 'a printed ledger has no controls');
  assert.equal(await page.getByRole('table').isVisible(), true);
  await page.context().close();
});

test('who was revoked can still hand over what is sealed on the device, and nothing else', async () => {
  const page = await site.visit({ scene: 'revoked' });
  assert.deepEqual(await page.getByRole('navigation', { name: 'Bereiche' }).getByRole('link').allTextContents(), ['Übergeben']);
  await page.getByRole('button', { name: 'Jetzt übertragen' }).click();
  await page.getByText('Alles übergeben und hier vernichtet').waitFor();
  await page.context().close();
});

test('where the data cannot be opened, the window says why instead of staying empty', async () => {
  const page = await site.visit({ scene: 'damaged' });
  await page.getByRole('alert').getByText('Die Daten auf diesem Gerät sind beschädigt.').waitFor();
  await page.getByRole('button', { name: 'Noch einmal versuchen' }).click();
  await heading(page, 'Die App konnte nicht starten');
  await page.context().close();
});

test('a team leader takes over with two shares, each error at its field, and has the administration from then on', async () => {
  const page = await site.visit({ scene: 'team_leader', hash: '/einstellungen' });
  await page.getByRole('link', { name: 'Wurzelschlüssel eingeben' }).click();
  await heading(page, 'Administration übernehmen');
  await page.getByRole('button', { name: 'Übernehmen' }).click();
  await page.getByRole('alert').getByRole('link').first().click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'share-1');
  await page.keyboard.type('bogen-r1-1-AAAA');
  await page.locator('#share-2').fill('falsch');
  await page.keyboard.press('Enter');
  await page.locator('#share-2-error').getByText('Das ist kein Anteil eines Wurzelschlüssels.').waitFor();
  assert.equal(await page.locator('#share-1').inputValue(), 'bogen-r1-1-AAAA', 'a slip costs one share and not both');
  await page.locator('#share-2').fill('bogen-r1-2-BBBB');
  await page.locator('#lost').selectOption({ label: 'Tom Albers' });
  await page.getByText('Tom Albers verliert den Zugang').waitFor();
  await page.getByRole('button', { name: 'Übernehmen' }).click();
  await heading(page, 'Sie verwalten jetzt das Jobcenter');
  assert.doesNotMatch(await page.content(), /bogen-r1/, 'nothing of the root key stays in the window');
  await page.getByRole('link', { name: 'Zur Verwaltung' }).click();
  await heading(page, 'Verwalten');
  await page.getByRole('row', { name: /Petra Lindner.*gibt frei/ }).waitFor();
  await page.getByRole('row', { name: /Tom Albers.*Zugang entzogen/ }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('rules and deadlines: errors at their fields, the longest beginning first, and what waits too long shows to its team leader', async () => {
  const page = await site.visit({ scene: 'admin', hash: '/verwalten' });
  const work = page.locator('section[aria-labelledby=work]');
  await work.getByRole('button', { name: 'Regel hinzufügen' }).click();
  await page.locator('#rule-2:focus').waitFor();
  await page.keyboard.type('ABC');
  await page.locator('#days-2').fill('x');
  await work.getByRole('button', { name: 'Speichern' }).click();
  await page.locator('#days-2-error').waitFor();
  await page.locator('#days-2').fill('3');
  await work.getByRole('button', { name: 'Speichern' }).click();
  await page.locator('#rule-2-error').getByText('So beginnt keine BG-Nummer.').waitFor();
  await page.locator('#rule-2').fill('12345BG0199');
  await work.getByRole('button', { name: 'Speichern' }).click();
  await page.locator('#days-2-error').getByText('Diese Frist passt nicht.').waitFor();
  await page.locator('#days-2').fill('7');
  await work.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('Gespeichert. Die Geräte erfahren es').waitFor({ state: 'attached' });
  await work.getByRole('button', { name: 'Regel entfernen: 12345BG01', exact: true }).click();
  assert.equal(await page.locator('#rule-2').count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the administration sees in each team how long its forms wait', async () => {
  const page = await site.visit({ scene: 'admin', query: '&late=1', hash: '/verwalten' });
  await page.locator('section[aria-labelledby=teams] li').filter({ hasText: 'Leistung Nord' }).getByText('1 Bogen wartet seit mindestens 14 Tagen').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a key is asked for, and destroyed only when nothing lies under it and somebody wants it twice', async () => {
  const page = await site.visit({ scene: 'admin', hash: '/verwalten' });
  const keys = page.getByRole('list', { name: 'Schlüssel von Leistung Nord' });
  const dialog = page.locator('dialog[open]');
  assert.equal(await keys.getByRole('button', { name: 'Schlüssel 2' }).count(), 0, 'four envelopes lie under it');
  await keys.getByRole('button', { name: 'Schlüssel wechseln: Leistung Nord' }).click();
  await dialog.getByRole('button', { name: 'Wechseln' }).click();
  await keys.getByText('Ein neuer Schlüssel ist angefordert.').waitFor();
  await keys.getByRole('button', { name: 'Schlüssel 1 von Leistung Nord vernichten' }).click();
  await dialog.getByRole('button', { name: 'Vernichten', exact: true }).click();
  await dialog.getByText('2 Geräte haben sich noch nicht gemeldet').waitFor();
  await dialog.getByRole('button', { name: 'Trotzdem vernichten' }).click();
  await keys.getByText('Eine zweite Person aus der Verwaltung muss zustimmen.').waitFor();
  await page.getByText('Es fehlt noch die Zustimmung').waitFor({ state: 'attached' });
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a team leader sees the own team only, and how long its forms wait', async () => {
  const page = await site.visit({ scene: 'team_leader', query: '&late=1', hash: '/verteilen' });
  await page.getByText('1 Bogen wartet seit mindestens 14 Tagen').waitFor();
  await page.getByText('4 Bögen warten seit mindestens 3 Tagen').waitFor();
  assert.equal(await page.getByText('Leistung Süd').count(), 0, 'the endpoint would refuse it, and with it the whole view');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('somebody who stays gets another task; nobody is left without one', async () => {
  const page = await site.visit({ scene: 'admin', hash: '/verwalten' });
  const row = page.getByRole('row', { name: /Mehmet Kaya/ });
  await row.getByRole('button', { name: 'Aufgaben ändern: Mehmet Kaya' }).click();
  const dialog = page.locator('dialog[open]');
  for (const box of await dialog.locator('fieldset').first().getByRole('checkbox').all()) await box.uncheck();
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  await dialog.locator('.kern-error').waitFor();
  await dialog.locator('#change-case_manager').check();
  await dialog.getByRole('button', { name: 'Speichern' }).click();
  await row.getByText('Fallmanagement').waitFor();
  await page.getByText('Geändert: Mehmet Kaya.').waitFor({ state: 'attached' });
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a held form is destroyed without entry after a question, and the key that confirms does nothing meanwhile', async () => {
  const page = await site.visit({ scene: 'clerk' });
  await page.getByRole('row', { name: /Klärung/ }).getByRole('link').click();
  await page.getByRole('button', { name: 'Nicht erfassen, vernichten …' }).click();
  await page.getByText('der andere Bogen dieser Person der richtige ist').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Nicht erfassen, vernichten …' }).click();
  await page.getByRole('button', { name: 'Vernichten', exact: true }).click();
  await heading(page, 'Erfassen');
  assert.equal(await page.getByRole('row', { name: /Klärung/ }).count(), 0);
  await page.getByRole('link', { name: 'Nächsten öffnen' }).click();
  await heading(page, 'Bogen erfassen');
  assert.equal(await page.getByRole('button', { name: 'Nicht erfassen, vernichten …' }).count(), 0, 'what is not held is to be entered');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a form of another team is forwarded with its unit, and nothing of it is on the screen before somebody says that it is entered here', async () => {
  const page = await site.visit({ scene: 'clerk', query: '&other=1' });
  const open = page.getByRole('link', { name: 'Nächsten öffnen' });
  await open.click();
  await heading(page, 'Gehört zu Team Leistung Süd');
  assert.doesNotMatch(await page.locator('body').innerText(), /567E89012|12345BG|Deutsche Staatsangehörigkeit/);
  await page.getByRole('link', { name: 'Zurück zur Liste' }).click();
  await open.click();
  await page.getByRole('button', { name: 'Weiterleiten' }).click();
  await page.getByText('2 Bögen an Team Leistung Süd weitergeleitet.').waitFor({ state: 'attached' });
  await heading(page, 'Erfassen');
  assert.deepEqual(page.faults, []);
  await page.context().close();

  const again = await site.visit({ scene: 'clerk', query: '&other=1' });
  await again.getByRole('link', { name: 'Nächsten öffnen' }).click();
  await again.getByRole('button', { name: 'Trotzdem hier erfassen' }).click();
  await heading(again, 'Bogen erfassen');
  await again.getByText('567E890120').waitFor();
  assert.equal(await again.getByRole('button', { name: 'Weiterleiten' }).count(), 0);
  assert.deepEqual(again.faults, []);
  await again.context().close();
});

test('a leader marks a colleague absent, moves units and takes that back; nobody is told by colour or place alone', async () => {
  const page = await site.visit({ scene: 'team_leader' });
  const row = (name) => page.getByRole('row', { name: new RegExp(name) });
  const cells = async (name) => (await row(name).locator('td').allTextContents()).slice(0, 2).map(Number);
  const told = (text) => page.getByText(text).first().waitFor({ state: 'attached' });
  await row('Nadia Rahimi').getByText('anwesend').waitFor();
  assert.deepEqual(await cells('Nadia Rahimi'), [100, 5]);

  await page.getByRole('button', { name: 'Quote und Anwesenheit ändern: Nadia Rahimi' }).click();
  await page.getByLabel('Quote', { exact: true }).fill('101');
  await page.getByLabel('Abwesend').check();
  for (const wrong of ['', '31.2.2026', '10.03.2026', '10.04.2027']) {
    await page.getByLabel('Wieder da am').fill(wrong);
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText(/^(Bitte geben Sie einen Tag nach heute|Dieser Tag passt nicht)/).waitFor();
    await page.getByLabel('Quote', { exact: true }).fill('80');
  }
  await page.getByLabel('Wieder da am').fill('16.3.2026');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await row('Nadia Rahimi').getByText('abwesend, wieder da am 16.03.2026').waitFor();
  await told('Gespeichert: Nadia Rahimi');
  assert.deepEqual(await cells('Nadia Rahimi'), [80, 0], 'her work went to the others at once');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Quote und Anwesenheit ändern: Nadia Rahimi');

  const [, before] = await cells('Sven Ott');
  await page.getByRole('button', { name: 'Umverteilen …' }).click();
  await page.getByLabel('Von', { exact: true }).selectOption('Sven Ott');
  const targets = await page.getByLabel('An', { exact: true }).locator('option').allTextContents();
  assert.deepEqual(targets, ['andere', 'Mehmet Kaya'], 'neither who has them nor who is absent');
  await page.getByLabel('Wie viele').fill('2');
  await page.getByRole('button', { name: 'Umverteilen', exact: true }).click();
  await told('2 Bedarfsgemeinschaften verteilt.');
  assert.equal((await cells('Sven Ott'))[1], before - 2);
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await told('2 Bedarfsgemeinschaften zurückgelegt.');
  assert.equal((await cells('Sven Ott'))[1], before);
  assert.equal(await page.getByRole('button', { name: 'Rückgängig' }).count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Wer erfasst was?', 'the focus is not lost with the button');
  await page.getByText('Zuletzt geändert von Petra Lindner').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the administration sees only devices in arrears, asks one to deliver, and takes it back', async () => {
  const page = await site.visit({ scene: 'admin', query: '&fleet=1', hash: '/verwalten' });
  const devices = page.getByRole('region', { name: 'Geräte im Rückstand' });
  await devices.getByText('3 Bögen liegen versiegelt auf dem Gerät').waitFor();
  await devices.getByText('Nicht prüfbar').waitFor();
  await devices.getByText('11 Geräte ohne Rückstand.').waitFor();
  assert.equal(await devices.locator('li').count(), 5);
  await devices.getByRole('button', { name: 'Übertragung anfordern: Gerät von Jana Winter' }).click();
  await devices.getByRole('button', { name: 'Anforderung zurücknehmen: Gerät von Jana Winter' }).click();
  await devices.getByRole('button', { name: 'Übertragung anfordern: Gerät von Jana Winter' }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('by hand, new units wait until the leader distributes them; too late to undo is said', async () => {
  const page = await site.visit({ scene: 'team_leader', query: '&hand=1' });
  await page.getByRole('button', { name: '4 Bedarfsgemeinschaften nach Quote verteilen' }).click();
  await page.getByText('Rückgängig bis 09:45 Uhr').waitFor();
  await page.clock.setFixedTime(NOW.getTime() + 15 * 60_000);
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await page.getByText('Das lässt sich nicht mehr rückgängig machen').waitFor();
  await page.getByLabel('Von Hand verteilen').uncheck();
  await page.getByText('Neue Bögen werden jetzt sofort verteilt.').first().waitFor({ state: 'attached' });
  await page.getByText('Noch bei niemandem').waitFor({ state: 'detached' });
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('an administrator sees what waits in each team, and not who has how much', async () => {
  const page = await site.visit({ scene: 'admin', hash: '/verteilen' });
  await page.getByText('erledigt und vernichtet').first().waitFor();
  assert.equal(await page.getByText('Wer erfasst was?').count(), 0);
  assert.deepEqual(page.faults, []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a device with work on it states nothing and says what to do; an empty one gives a sheet to print', async () => {
  const full = await site.visit({ scene: 'counsellor', hash: '/einstellungen/geraet-abgeben' });
  await full.getByRole('button', { name: 'Prüfen und erklären' }).click();
  await full.getByText('Auf diesem Gerät liegt noch etwas').first().waitFor();
  await full.getByRole('list', { name: 'Was noch hier liegt' }).getByText('Bitte abschließen und übergeben').waitFor();
  assert.equal(await full.getByRole('button', { name: 'Drucken' }).count(), 0);
  await full.context().close();

  const empty = await site.visit({ scene: 'counsellor', query: '&empty=1', hash: '/einstellungen/geraet-abgeben' });
  await empty.getByRole('button', { name: 'Prüfen und erklären' }).click();
  await heading(empty, 'Auf diesem Gerät liegt nichts mehr');
  await empty.getByRole('button', { name: 'Drucken' }).waitFor();
  assert.deepEqual(empty.faults, []);
  await empty.context().close();
});

test('whoever is asked to deliver sees a quiet line with what to do, and not beside a customer', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&asked=1' });
  await page.getByText('Die Verwaltung bittet, zu übertragen.').waitFor();
  await page.getByRole('link', { name: 'Was noch hier liegt' }).click();
  await heading(page, 'Feierabend');
  assert.equal(await page.getByText('Die Verwaltung bittet').count(), 0, 'the list itself says it');
  await page.context().close();
});
