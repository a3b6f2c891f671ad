import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { audit, open, overflow, picture, smallTargets } from './browser.mjs';
import { VIEWS } from './views.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

/** Reaches a view, takes its picture, and lists everything that is wrong with it. */
async function inspect(view, options, suffix) {
  const page = await site.visit({ ...view, ...options });
  try {
    await view.go?.(page);
    await picture(page, `${view.name}${suffix}`);
    const small = await smallTargets(page);
    const wider = await overflow(page);
    return [...(await audit(page)), ...page.faults, ...small.map((target) => `target too small: ${target}`), ...(wider > 0 ? [`${wider} px too wide`] : [])];
  } finally {
    await page.context().close();
  }
}

for (const view of VIEWS) {
  test(`${view.name}: accessible in light, dark, at 320 px and at 200 % zoom`, async () => {
    assert.deepEqual(await inspect(view, {}, ''), [], 'light');
    assert.deepEqual(await inspect(view, { dark: true }, '-dark'), [], 'dark');
    assert.deepEqual(await inspect(view, { width: 320, height: 640 }, '-320'), [], '320 px');
    assert.deepEqual(await inspect(view, { zoom: 2 }, '-zoom'), [], '200 %');
  });
}
