import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { open, overflow } from './browser.mjs';
import { answer, heading } from './steps.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

const turned = { scene: 'counsellor', query: '&turned=to_person' };
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

async function typeCode(page, code) {
  await page.locator('#code').fill(code);
  await page.keyboard.press('Enter');
}

/** What of the staff's side can be seen. */
const staffSide = (page) => page.locator('nav, footer, header.bar, a[href^="#/"]').count();

test('the counsellor turns the device with a code, the customer answers in German, the code leads back to the same form', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  await page.getByRole('link', { name: 'Beginnen: Sami' }).click();
  await press(page, 'Gerät umdrehen');
  await page.locator('#turn-code').fill('12');
  await page.keyboard.press('Enter');
  await page.getByText('Der Code braucht 4 bis 8 Ziffern.').waitFor();
  await page.locator('#turn-code').fill('8642');
  await page.keyboard.press('Enter');
  await heading(page, 'Sprache');
  assert.equal(await staffSide(page), 0);
  await page.getByText('Demo-Jobcenter zum Üben').waitFor();
  await press(page, 'Deutsch');
  await heading(page, 'Bevor wir anfangen');
  await press(page, 'Weiter');
  await heading(page, 'Besitzen Sie die deutsche Staatsangehörigkeit?');
  assert.equal(await page.getByText('Besitzen Sie die deutsche Staatsangehörigkeit?').count(), 1, 'German stands there once');
  await answer(page, '1');
  await page.keyboard.press('ArrowLeft');
  await heading(page, /Besitzen Sie/);
  await answer(page, '12222');
  await heading(page, 'Ihre Antworten');
  await press(page, 'Ändern: Mutter (Elternteil 1): Geburtsort außerhalb der heutigen Grenzen');
  await answer(page, '3');
  await heading(page, 'Ihre Antworten');
  await page.evaluate(() => (location.hash = '#/mig'));
  await press(page, 'Fertig');
  await heading(page, 'Vielen Dank');
  await page.getByText('Bitte geben Sie das Gerät jetzt zurück.').waitFor();
  assert.equal(await staffSide(page), 0, 'an address leads nowhere');
  assert.equal(await page.getByRole('button', { name: 'Zurück' }).count(), 0, 'whoever holds the device next does not read the answers');

  await press(page, 'Personal');
  await typeCode(page, '1111');
  await page.getByText('Der Code stimmt nicht. Noch 2 Versuche.').waitFor();
  await typeCode(page, '8642');
  await heading(page, 'Stimmt alles so?');
  assert.match(await page.locator('header.bar').textContent(), /Person 2 von 4.*Sami/);

  await page.getByRole('button', { name: 'Ja, weiter mit Amira' }).click();
  await heading(page, /Hat Ihr Kind|Besitzt Ihr Kind/);
  await press(page, 'Gerät umdrehen');
  await heading(page, 'Bevor wir anfangen');
  await page.getByText('Für Ihr Kind antworten Sie.').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('in Arabic everything runs from right to left, and German stands beneath in its own direction', async () => {
  const page = await site.visit(turned);
  const arabic = page.locator('button[lang=ar]');
  assert.deepEqual([await arabic.textContent(), await arabic.getAttribute('dir')], ['العربية', 'rtl']);
  const described = await arabic.getAttribute('aria-describedby');
  assert.match(await page.locator(`#${described}`).textContent(), /لم تتم مراجعتها بعد/, 'it says in its own language that nobody reviewed it');
  await arabic.click();
  await page.locator('.dock button').first().click();
  await page.locator('#question').waitFor();
  const main = page.getByRole('main');
  assert.deepEqual(await main.evaluate((node) => [node.lang, getComputedStyle(node).direction]), ['ar', 'rtl']);
  const german = page.locator('#question [lang=de]');
  assert.deepEqual([await german.textContent(), await german.evaluate((node) => getComputedStyle(node).direction)], ['Besitzen Sie die deutsche Staatsangehörigkeit?', 'ltr']);
  assert.ok(await page.evaluate(() => document.fonts.check("400 16px 'Vazirmatn'", 'نعم')), 'the letters are shipped');
  const [yes, , declined] = await Promise.all((await page.getByRole('group').getByRole('button').all()).map((button) => button.boundingBox()));
  assert.ok(yes.x > declined.x, 'yes stands where reading begins');
  await page.getByText('هذا النص مساعدة غير ملزمة').waitFor();

  await answer(page, '1');
  await page.keyboard.press('ArrowLeft');
  await page.getByText('Liegt Ihr Geburtsort').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.getByText('Besitzen Sie die deutsche').waitFor();
  await answer(page, '1');
  await swipe(page, -200);
  await page.getByText('Besitzen Sie die deutsche').waitFor();
  await swipe(page, 200);
  await page.getByText('Besitzen Sie die deutsche').waitFor();
  assert.ok((await overflow(page)) <= 0);

  await page.getByRole('button', { name: /Sprache/ }).click();
  await press(page, 'Deutsch');
  await heading(page, 'Besitzen Sie die deutsche Staatsangehörigkeit?');
  assert.equal(await main.evaluate((node) => getComputedStyle(node).direction), 'ltr');
  await answer(page, '1');
  await swipe(page, 200);
  await heading(page, /Besitzen Sie/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

/** Draws a finger over the question, this many pixels to the right. */
async function swipe(page, along) {
  await page.locator('#question').evaluate((node, along) => {
    const touch = { bubbles: true, isPrimary: true, pointerType: 'touch', clientY: 300 };
    node.dispatchEvent(new PointerEvent('pointerdown', { ...touch, clientX: 500 }));
    node.dispatchEvent(new PointerEvent('pointerup', { ...touch, clientX: 500 + along }));
  }, along);
}

test('three wrong codes lock, and with the sitting the language is forgotten', async () => {
  const page = await site.visit(turned);
  await press(page, 'Türkçe');
  await press(page, 'Personal');
  for (const code of ['1', '2', '3']) {
    await typeCode(page, code);
    if (code === '2') await page.getByText('Noch ein Versuch').waitFor();
  }
  await heading(page, 'Entsperren');
  await page.locator('#passphrase').fill('ein langer kennsatz');
  await page.keyboard.press('Enter');
  await heading(page, 'Bedarfsgemeinschaften');
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  await page.getByRole('link', { name: 'Beginnen: Sami' }).click();
  await press(page, 'Gerät umdrehen');
  await page.locator('#turn-code').fill('2468');
  await page.keyboard.press('Enter');
  await heading(page, 'Sprache');
  await page.context().close();
});

test('a customer declines on their own side and takes it back', async () => {
  const page = await site.visit(turned);
  await press(page, 'Deutsch');
  await press(page, 'Ich möchte nicht antworten');
  await page.getByText('Das hat keine Nachteile').waitFor();
  await press(page, 'Ich möchte doch antworten');
  await heading(page, /Besitzen Sie/);
  await page.context().close();
});

test('an office without translations turns to German at once', async () => {
  const page = await site.visit({ scene: 'counsellor', query: '&turned=to_person&languages=' });
  await heading(page, 'Bevor wir anfangen');
  assert.equal(await page.getByRole('button', { name: 'Sprache' }).count(), 0);
  await page.context().close();
});

test('what was said on the staff\'s side is in no corner of the customer\'s page', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  await page.getByRole('link', { name: 'Person hinzufügen' }).click();
  await page.locator('#label').fill('Frau Yildiz');
  await press(page, 'Hinzufügen und weitere Person');
  await page.getByText('Frau Yildiz hinzugefügt').waitFor({ state: 'attached' });
  await page.getByRole('link', { name: 'Abbrechen' }).click();
  await page.getByRole('link', { name: 'Beginnen: Sami' }).click();
  await press(page, 'Gerät umdrehen');
  await page.locator('#turn-code').fill('8642');
  await page.keyboard.press('Enter');
  await heading(page, 'Sprache');
  const told = await page.evaluate(() => document.body.textContent);
  for (const other of ['Yildiz', 'Layla', 'Amira', '12345BG0000017']) assert.ok(!told.includes(other), other);
  await page.context().close();
});

test('a double tap answers one question', async () => {
  const page = await site.visit(turned);
  await press(page, 'Deutsch');
  await press(page, 'Weiter');
  await heading(page, 'Besitzen Sie die deutsche Staatsangehörigkeit?');
  await page.getByRole('button', { name: 'Nein' }).dblclick({ delay: 60 });
  await heading(page, /Liegt Ihr Geburtsort/);
  assert.equal(await page.locator('[aria-pressed=true]').count(), 0, 'the second question is not answered');
  await page.context().close();
});

test('a fault is told in the language of the customer: to give the device back; what happened is for the staff', async () => {
  const page = await site.visit({ ...turned, query: `${turned.query}&full=form_answer` });
  await page.locator('li button[lang="tr"]').click();
  await page.locator('.dock button').first().click();
  await page.locator('#question').waitFor();
  const question = await page.locator('#question').textContent();
  await page.keyboard.press('1');
  const alert = page.getByRole('alert');
  await alert.getByText('Bu şimdi olmadı. Lütfen cihazı kısa bir süreliğine geri verin.').waitFor();
  assert.match(await alert.locator('[lang="de"]').first().textContent(), /Das hat gerade nicht geklappt/, 'marked as German');
  assert.match(await alert.locator('[lang="de"]').last().textContent(), /Der Speicher dieses Geräts ist voll/);
  assert.equal(await page.locator('#question').textContent(), question, 'the question stays until it is answered');
  assert.equal(await staffSide(page), 0);
  await page.context().close();
});

test('a form that could not be opened is tried again from where the customer sits', async () => {
  const page = await site.visit({ ...turned, query: `${turned.query}&full_once=form_open` });
  await heading(page, /Das hat gerade nicht geklappt/);
  await page.getByText('Der Speicher dieses Geräts ist voll').waitFor();
  await press(page, 'Noch einmal versuchen');
  await heading(page, 'Sprache');
  await page.context().close();
});

test('what is said about privacy stands there in German too, and so does what leads on', async () => {
  const page = await site.visit(turned);
  await page.locator('li button[lang="ar"]').click();
  const begin = page.locator('.dock button').first();
  assert.equal(await begin.locator('[lang=de]').textContent(), 'Weiter');
  await page.locator('.flush button').click();
  await page.locator('section').first().waitFor();
  const german = (part) => page.locator('section').evaluateAll((sections, part) => sections.map((section) => section.querySelectorAll(`${part} [lang=de]`).length), part);
  assert.deepEqual([...new Set(await german('h2'))], [1], 'every heading');
  const texts = await german('p');
  // An address alone is the same in both.
  assert.ok(texts.length === 8 && texts.filter((count) => count === 1).length >= 5, String(texts));
  await page.context().close();
});
