import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { open } from './browser.mjs';
import { answer, beginForm, heading } from './steps.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

/** Counts what somebody has to do: a key that answers, a button or link, a field filled. An Enter that ends a field belongs to it. */
class Hand {
  count = 0;

  constructor(page) {
    this.page = page;
  }

  async keys(keys) {
    this.count += keys.length;
    await answer(this.page, keys);
  }

  /** Reaches something by its name with the Tab key alone. */
  async reach(name) {
    for (let presses = 0; presses < 60; presses += 1) {
      await this.page.keyboard.press('Tab');
      const here = await this.page.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent?.trim() ?? '';
      });
      if (here.startsWith(name)) return;
    }
    assert.fail(`"${name}" cannot be reached with the Tab key`);
  }

  async press(name) {
    this.count += 1;
    await this.reach(name);
    await this.page.keyboard.press('Enter');
  }

  async fill(name, text) {
    this.count += 1;
    await this.reach(name);
    await this.page.keyboard.type(text);
  }

  async number(name, text) {
    await this.fill(name, text);
    await this.fill(`${name} noch einmal`, text);
  }

  /** Ends the field that was filled last. */
  async enter() {
    await this.page.keyboard.press('Enter');
  }
}

test('German, born here, parents born here: six actions with the check', async () => {
  const page = await site.visit();
  await beginForm(page, /12345BG0000025/, 'Beginnen: Herr S.');
  const hand = new Hand(page);
  await hand.keys('12222');
  await hand.press('Ja, so stimmt es');
  await heading(page, '1 von 1 fertig');
  assert.ok(hand.count <= 6, `${hand.count} actions`);
  await page.context().close();
});

test('an infant whose mother sits at the table: six actions with the check', async () => {
  const page = await site.visit();
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  await page.getByRole('link', { name: 'Person hinzufügen' }).click();
  await page.getByLabel('Bezeichnung').fill('Baby');
  await page.getByLabel('Ein Elternteil antwortet').check();
  await page.getByRole('button', { name: 'Hinzufügen', exact: true }).click();
  await page.getByRole('link', { name: 'Beginnen: Baby' }).click();
  await page.getByRole('button', { name: 'Weiter', exact: true }).click();
  await heading(page, /Besitzt Ihr Kind/);
  const hand = new Hand(page);
  await hand.keys('122');
  await heading(page, /der Mutter des Kindes/);
  assert.doesNotMatch(await page.getByRole('group', { name: 'Ist die Mutter' }).textContent(), /Nein|Ja|Keine Angabe/, 'no answer of hers is shown');
  await hand.press('Eigene Angaben übernehmen: Layla');
  await heading(page, /des Vaters des Kindes/);
  await hand.keys('3');
  await hand.press('Ja, so stimmt es');
  await heading(page, '4 von 6 fertig');
  assert.ok(hand.count <= 6, `${hand.count} actions`);
  await page.context().close();
});

test('taken answers are traced without saying what they are, and changed like any other', async () => {
  const page = await site.visit();
  await beginForm(page, /12345BG0000017/, 'Weiter: Amira');
  await answer(page, '2');
  await page.getByRole('button', { name: 'Eigene Angaben übernehmen: Layla' }).click();
  await page.getByText('Zuletzt: Mutter des Kindes').waitFor();
  assert.match(await page.locator('.trace').textContent(), /– eigene Angaben übernommen/);
  await page.getByRole('button', { name: 'ändern', exact: true }).click();
  await heading(page, /der Mutter des Kindes/);
  assert.equal(await page.locator('[aria-pressed=true]').count(), 0, 'what she said of herself shows nowhere');
  await page.context().close();
});

test('declining everything: two actions from the unit', async () => {
  const page = await site.visit();
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  const hand = new Hand(page);
  await hand.press('Beginnen: Sami');
  await heading(page, 'Bevor wir anfangen');
  await hand.press('Ich möchte nicht antworten');
  await page.getByText('✓\u00a0fertig').waitFor();
  assert.equal(hand.count, 2);
  await page.getByRole('main').getByRole('link', { name: 'Zur Bedarfsgemeinschaft' }).click();
  await heading(page, '4 von 5 fertig');
  await page.context().close();
});

test('one adult declines for themself and the children, and for nobody else', async () => {
  const page = await site.visit();
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  await page.getByRole('link', { name: 'Beginnen: Sami' }).click();
  await page.getByRole('button', { name: 'Ich möchte für mich und meine Kinder unter 15 Jahren nicht antworten' }).click();
  await heading(page, '5 von 5 fertig');
  await page.getByRole('link', { name: 'Ansehen: Nour' }).click();
  await heading(page, 'Stimmt alles so?');
  assert.equal(await page.getByRole('button', { name: /meine Kinder/ }).count(), 0, 'a young person speaks for themself only');
  await page.context().close();
});

test('a woman, a partner who declines, a child, with the keyboard alone and numbers typed by hand: thirty interactions', async () => {
  const page = await site.visit({ query: '&empty=1' });
  const hand = new Hand(page);
  await hand.press('Neu anlegen');
  await heading(page, 'Neu anlegen');
  await hand.number('BG-Nummer', '54321BG0000042');
  await hand.enter();
  await heading(page, 'Person hinzufügen');
  for (const number of ['123B000001', '123B000002']) {
    await hand.number('Kundennummer', number);
    await hand.press('Hinzufügen und weitere Person');
    await page.waitForFunction(() => document.activeElement?.id === 'label');
  }
  await hand.number('Kundennummer', '123B000003');
  hand.count += 1;
  await hand.reach('Die Person antwortet');
  await page.keyboard.press('ArrowDown');
  await hand.enter();
  await heading(page, '0 von 3 fertig');
  await hand.press('Beginnen: Person 1');
  await heading(page, 'Bevor wir anfangen');
  await hand.press('Weiter');
  await heading(page, /Besitzen Sie/);
  await hand.keys('1221111');
  await heading(page, 'Stimmt alles so?');
  await hand.press('Ja, weiter mit Person 2');
  await heading(page, /Besitzen Sie/);
  await hand.press('Ich möchte nicht antworten');
  await page.getByText('✓\u00a0fertig').waitFor();
  await hand.press('Weiter mit Person 3');
  await heading(page, /Besitzt Ihr Kind/);
  await hand.keys('12223');
  await heading(page, 'Stimmt alles so?');
  await hand.press('Ja, so stimmt es');
  await heading(page, '3 von 3 fertig');
  assert.ok(hand.count <= 30, `${hand.count} interactions`);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
