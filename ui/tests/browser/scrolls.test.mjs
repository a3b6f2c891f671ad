import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { open, overflow } from './browser.mjs';
import { beginForm } from './steps.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

const SIZES = [{ width: 1024, height: 768 }, { width: 800, height: 1280 }];

/** How many pixels of the page are out of sight. */
const hidden = (page) => page.evaluate(() => Math.max(...[document.documentElement, document.querySelector('main')].map((box) => box.scrollHeight - box.clientHeight)));

/** How many pixels of something lie below the edge of the window. */
const sunk = async (page, target) => Math.ceil(((box) => box.y + box.height)(await target.boundingBox()) - page.viewportSize().height);

/** Answers everything with yes, which asks every question, and lists the questions that do not fit. */
async function scrolled(page, isQuestion) {
  const found = [];
  for (let asked = 0; await isQuestion.count(); asked += 1) {
    const question = await isQuestion.textContent();
    const out = await hidden(page);
    if (out > 0) found.push(`${question}: ${out} px`);
    await page.keyboard.press('1');
    await page.waitForFunction((text) => document.querySelector('#question')?.textContent !== text, question);
    assert.ok(asked < 9, 'it ends');
  }
  return found;
}

for (const size of SIZES) {
  for (const asking of ['to_person', 'to_parent', 'to_young_person']) {
    test(`${size.width} × ${size.height}, ${asking}: no question has to be scrolled, in no language`, async () => {
      const names = await languages();
      for (const language of names) {
        const page = await site.visit({ scene: 'counsellor', query: `&open=${asking}&turned=${asking}`, ...size });
        await page.locator(`li button[lang="${language}"]`).click();
        const begin = page.locator('.dock button').first();
        await begin.waitFor();
        assert.ok((await sunk(page, begin)) <= 0, `${language}: how it begins is in sight without scrolling`);
        await begin.click();
        await page.locator('#question').waitFor();
        assert.deepEqual(await scrolled(page, page.locator('#question')), [], language);
        assert.ok((await overflow(page)) <= 0, `${language} is too wide`);
        await page.locator('dl').waitFor();
        // With German beneath each of the eight answers the list may be longer; what leads on is in sight all the same.
        if (language === 'de') assert.ok((await hidden(page)) <= 0, `${await hidden(page)} px of the customer's check are out of sight`);
        assert.ok((await sunk(page, page.locator('.dock button').first())) <= 0, `${language}: how the check ends is in sight`);
        await page.context().close();
      }
    });
  }

  for (const [unit, person] of [[/12345BG0000025/, 'Beginnen: Herr S.'], [/12345BG0000017/, 'Beginnen: Amira'], [/12345BG0000017/, 'Beginnen: Nour']]) {
    test(`${size.width} × ${size.height}: nor on the counsellor's side (${person})`, async () => {
      const page = await site.visit({ scene: 'counsellor', query: '&open=to_parent&open=to_young_person', ...size });
      await beginForm(page, unit, person);
      await page.locator('#question').waitFor();
      assert.deepEqual(await scrolled(page, page.locator('#question')), []);
      const agree = page.getByRole('button', { name: 'Ja, so stimmt es' });
      await agree.waitFor();
      assert.ok((await hidden(page)) <= 0, `${await hidden(page)} px of the check are out of sight`);
      await page.context().close();
    });
  }
}

test('nor the check of a parent, who has one more way to decline', async () => {
  const page = await site.visit({ scene: 'counsellor', ...SIZES[0] });
  await page.getByRole('link', { name: /12345BG0000017/ }).click();
  await page.getByRole('link', { name: 'Ansehen: Layla' }).click();
  await page.getByRole('button', { name: 'Weiter' }).click();
  await page.getByRole('button', { name: /für mich und meine Kinder/ }).waitFor();
  assert.ok((await hidden(page)) <= 0, `${await hidden(page)} px of the check are out of sight`);
  await page.context().close();
});

async function languages() {
  const page = await site.visit({ scene: 'counsellor', query: '&turned=to_person' });
  const found = await page.locator('li button').evaluateAll((buttons) => buttons.map((button) => button.lang));
  await page.context().close();
  return found;
}
