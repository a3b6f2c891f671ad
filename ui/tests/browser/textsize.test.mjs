import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { open, overflow, picture } from './browser.mjs';
import { VIEWS } from './views.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

const size = (page) => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);

test('larger text is chosen in the settings and stays for the sitting, not on paper', async () => {
  const page = await site.visit({ scene: 'counsellor', hash: '/einstellungen' });
  assert.equal(await size(page), '16px');
  await page.getByLabel('Sehr groß (150 %)').check();
  assert.equal(await size(page), '24px');
  await page.getByRole('link', { name: 'Erheben' }).click();
  await page.getByRole('heading', { level: 1, name: 'Bedarfsgemeinschaften' }).waitFor();
  assert.equal(await size(page), '24px');
  await page.emulateMedia({ media: 'print' });
  assert.notEqual(await size(page), '24px');
  await page.context().close();
});

for (const view of VIEWS) {
  test(`${view.name}: the largest text fits the window`, async () => {
    const page = await site.visit(view);
    await view.go?.(page);
    await page.evaluate(() => (document.documentElement.dataset.textSize = '150'));
    await picture(page, `${view.name}-150`);
    assert.ok((await overflow(page)) <= 0, 'something is wider than the room it has');
    await page.context().close();
  });
}
