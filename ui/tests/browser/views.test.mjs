import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { audit, open, overflow, picture, smallTargets } from './browser.mjs';
import { placed, unmirrored } from './mirror.mjs';
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
    const places = await placed(page);
    const small = await smallTargets(page);
    const wider = await overflow(page);
    return { places, faults: [...(await audit(page)), ...page.faults, ...small.map((target) => `target too small: ${target}`), ...(wider > 0 ? [`${wider} px too wide`] : [])] };
  } finally {
    await page.context().close();
  }
}

const NARROW = { width: 320, height: 640 };

for (const view of VIEWS) {
  test(`${view.name}: accessible in light, dark, at 320 px, at 200 % zoom and from right to left`, async () => {
    const rtl = { query: `${view.query ?? ''}&rtl=1` };
    const light = await inspect(view, {}, '');
    const narrow = await inspect(view, NARROW, '-320');
    const turned = await inspect(view, rtl, '-rtl');
    const turnedNarrow = await inspect(view, { ...rtl, ...NARROW }, '-rtl-320');
    assert.deepEqual(light.faults, [], 'light');
    assert.deepEqual((await inspect(view, { dark: true }, '-dark')).faults, [], 'dark');
    assert.deepEqual(narrow.faults, [], '320 px');
    assert.deepEqual((await inspect(view, { zoom: 2 }, '-zoom')).faults, [], '200 %');
    assert.deepEqual(turned.faults, [], 'right to left');
    assert.deepEqual(turnedNarrow.faults, [], 'right to left, 320 px');
    assert.deepEqual(unmirrored(light.places, turned.places), [], 'the mirror image');
    assert.deepEqual(unmirrored(narrow.places, turnedNarrow.places), [], 'the mirror image at 320 px');
  });
}
