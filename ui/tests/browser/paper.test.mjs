import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { audit, open } from './browser.mjs';
import { heading } from './steps.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

const sheet = (page) => page.getByRole('article', { name: 'Vorschau' });

/** From the list to typing in the paper of somebody who was not asked yet. */
async function transcribe(page, who = 'Sami') {
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  await page.locator(`button[aria-label="Papier: ${who}"]`).click();
  await page.getByRole('link', { name: 'Vom Papier abtippen' }).click();
  await heading(page, 'Vom Papier abtippen');
  await page.locator('[aria-current=true]:focus').waitFor();
}

/** Pages of the printed form. */
async function pages(page) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length;
}

for (const information of ['', '&information=long', '&information=0']) test(`the form fits on one sheet, front and back, in every language and every way of asking${information}`, async () => {
  const page = await site.visit({ scene: 'counsellor', hash: '/papier', query: `&demo=0${information}` });
  const languages = await page.locator('#language option').evaluateAll((options) => options.map(({ value }) => value));
  assert.equal(languages.length, 11);
  for (const language of languages) {
    await page.locator('#language').selectOption(language);
    if (language) await sheet(page).locator(`[lang="${language}"]`).first().waitFor();
    for (const asking of ['to_person', 'to_parent', 'to_young_person']) {
      await page.locator(`#asking-${asking}`).check();
      // Easy language is printed in large letters.
      assert.equal(await pages(page), language === 'de-simple' ? 4 : 2, `${language} ${asking}`);
    }
  }
  await page.context().close();
});

test('a printed form is the form and nothing of the app, in black on white even at night', async () => {
  const page = await site.visit({ scene: 'counsellor', hash: '/papier', dark: true });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const name of ['Drucken', 'Sperren']) assert.equal(await page.getByRole('button', { name }).isVisible(), false);
  assert.equal(await page.locator('footer[aria-label]').isVisible(), false);
  assert.deepEqual(await sheet(page).evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]), ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
  await page.context().close();
});

test('on the form for somebody stand their numbers and never their name', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  await page.locator('button[aria-label="Papier: Sami"]').click();
  await page.getByRole('link', { name: 'Bogen mitgeben' }).click();
  await page.locator('#language').selectOption('ar');
  await sheet(page).getByText('123A456790').first().waitFor({ state: 'attached' });
  const text = await sheet(page).textContent();
  assert.ok(!text.includes('Sami'));
  assert.match(text, /Es gilt der deutsche Text\./);
  assert.match(text, /Bitte schreiben Sie keinen Namen/);
  assert.match(text, /Ihre Integrationsfachkraft im Jobcenter Musterstadt/);
  assert.equal(await sheet(page).locator('[lang=ar]:not(bdi)').first().getAttribute('dir'), 'rtl');
  assert.equal(await sheet(page).locator('li [lang=de]:not(bdi)').first().getAttribute('dir'), 'ltr');
  await page.context().close();
});

test('an empty form can be printed from the lock screen, and what the office did not write yet is a line', async () => {
  const page = await site.visit({ scene: 'locked', query: '&information=0' });
  await page.getByRole('button', { name: 'Leeren Bogen drucken' }).click();
  await heading(page, 'Bogen auf Papier');
  await page.locator('#language').selectOption('uk');
  await sheet(page).locator('[lang=uk]').first().waitFor();
  const text = await sheet(page).textContent();
  assert.match(text, /zurück an: _{10,}/);
  assert.doesNotMatch(text, /[{}…]|Jobcenter hat noch nicht/);
  await page.getByRole('button', { name: 'Zurück zum Entsperren' }).click();
  await heading(page, 'Entsperren');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a form that came back is typed in with the keyboard alone, and ends in the shredder', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await transcribe(page);
  await page.keyboard.type('jn1');
  await page.keyboard.press('Enter');
  await page.getByText('Frage 4 ist noch offen.').waitFor();
  await page.keyboard.type('k2n');
  await page.keyboard.press('Enter');
  await heading(page, 'Stimmt alles so?');
  const answers = await page.locator('dd .answer').allTextContents();
  assert.deepEqual(answers.map((answer) => answer.trim()), ['Ja', 'Ja', 'Keine Angabe', 'Nein', 'Nein', 'Entfällt', 'Nein', 'Entfällt']);
  await page.getByRole('button', { name: 'Ja, so stimmt es' }).click();
  await heading(page, 'Papierbogen jetzt schreddern (P-5)');
  await page.getByRole('button', { name: 'Weiter' }).click();
  await page.getByText('Bitte schreddern Sie den Papierbogen').waitFor();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await heading(page, '4 von 5 fertig');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a sheet that was only looked at leaves no reminder, and one that is half typed in is not to be shredded', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  const papers = async () => {
    await page.evaluate(() => (location.hash = '#/schreddern'));
    await heading(page, 'Papierbögen schreddern');
  };
  await transcribe(page, 'Sami');
  assert.equal(await page.locator('footer[aria-label]').getByText('Bedarfsgemeinschaft').count(), 0, 'nor counts of others beside a customer');
  await page.keyboard.press('ArrowDown');
  await papers();
  await page.getByText('Kein Papierbogen ist zu schreddern.').waitFor();
  await page.evaluate(() => (location.hash = '#/erheben'));
  await transcribe(page, 'Sami');
  await page.keyboard.press('j');
  await page.locator('[aria-pressed=true]').first().waitFor();
  await papers();
  await page.getByText('Noch nicht fertig abgetippt').waitFor();
  assert.equal(await page.getByRole('button', { name: /Ist geschreddert/ }).count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('typing goes row by row, corrects upwards, and never leads into a question that is not asked', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await transcribe(page);
  await page.keyboard.type('nn');
  const row = () => page.locator('[aria-current=true]').getAttribute('aria-labelledby');
  await page.locator('[aria-labelledby=row-mother_born_outside][aria-current=true]').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.locator('[aria-labelledby=row-born_outside][aria-current=true]').waitFor();
  await page.keyboard.press('j');
  await page.locator('[aria-labelledby=row-immigrated_after_1949][aria-current=true]').waitFor();
  await page.keyboard.type('jkk');
  await page.locator('[aria-labelledby=row-father_born_outside] [aria-pressed=true]').waitFor();
  assert.equal(await row(), 'row-father_born_outside', 'nothing is beyond the last');
  assert.equal(await page.locator('[aria-labelledby=row-mother_immigrated_after_1949] button').count(), 0);
  await page.context().close();
});

test('a click right after a key answers its own row', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await transcribe(page);
  // Both before the page has come to itself in between.
  await page.evaluate(() => {
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
    document.querySelectorAll('[aria-labelledby=row-born_outside] button')[1].click();
  });
  const given = (row) => page.locator(`[aria-labelledby=row-${row}] [aria-pressed=true]`);
  await given('born_outside').waitFor();
  assert.deepEqual([await given('german_nationality').textContent(), await given('born_outside').textContent()].map((text) => text.match(/Ja|Nein/)?.[0]), ['Ja', 'Nein']);
  await page.context().close();
});

test('who has no sheet on the list is told so, and nothing is written for them', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await transcribe(page);
  await page.evaluate(() => (location.hash = location.hash.replace('abtippen', 'schreddern')));
  await heading(page, 'Kein Papierbogen zu schreddern');
  assert.equal(await page.locator('#shredded').count(), 0);
  await page.context().close();
});

test('a refusal on paper is one key, and can be taken back by the same', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await transcribe(page);
  await page.keyboard.press('a');
  await page.locator('#refuse:checked').waitFor();
  assert.deepEqual(await audit(page), []);
  await page.keyboard.press('a');
  await page.locator('#refuse:not(:checked)').waitFor();
  await page.keyboard.press('a');
  await page.keyboard.press('Enter');
  await heading(page, 'Papierbogen jetzt schreddern (P-5)');
  await page.context().close();
});

test('all eight rows of a paper form are in sight at once', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await transcribe(page);
  const last = await page.locator('[aria-labelledby=row-father_immigrated_after_1949]').boundingBox();
  const finish = await page.getByRole('button', { name: 'Zur Übersicht' }).boundingBox();
  assert.ok(last.y + last.height <= finish.y, 'the last row is not below what leads on');
  await page.context().close();
});

test('more about privacy opens beside the introduction and leads back to it', async () => {
  const page = await site.visit({ scene: 'counsellor' });
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  await page.getByRole('link', { name: 'Weiter: Amira' }).click();
  await page.getByRole('link', { name: 'Mehr zum Datenschutz' }).click();
  await heading(page, 'Datenschutz');
  await page.getByText('Jobcenter Musterstadt (Demo), Musterweg 1').first().waitFor();
  await page.getByRole('link', { name: 'Zurück' }).click();
  await heading(page, 'Bevor wir anfangen');
  await page.context().close();
});
