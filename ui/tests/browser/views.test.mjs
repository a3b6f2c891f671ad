import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { audit, open, overflow, picture, settle, smallTargets } from './browser.mjs';
import { placed, unmirrored } from './mirror.mjs';
import { VIEWS } from './views.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

const WIDE = { width: 1024, height: 768 };
const NARROW = { width: 320, height: 640 };
/** What 200 % zoom makes of 1024 by 768, in CSS pixels. */
const ZOOMED = { width: 512, height: 384 };

/** Turns the page that stands there as the window would, and lists everything that is wrong with it then. */
async function inspect(page, { size = WIDE, dark = false, direction = 'ltr' }) {
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
  await page.setViewportSize(size);
  await page.evaluate((direction) => (document.documentElement.dir = direction), direction);
  await settle(page);
  const places = await placed(page);
  const small = await smallTargets(page);
  const wider = await overflow(page);
  return { places, faults: [...(await audit(page)), ...small.map((target) => `target too small: ${target}`), ...(wider > 0 ? [`${wider} px too wide`] : [])] };
}

for (const view of VIEWS) {
  test(`${view.name}: accessible in light, dark, at 320 px, at 200 % zoom and from right to left`, async () => {
    const page = await site.visit(view);
    try {
      await view.go?.(page);
      await picture(page, view.name);
      const light = await inspect(page, {});
      assert.deepEqual(light.faults, [], 'light');
      assert.deepEqual((await inspect(page, { dark: true })).faults, [], 'dark');
      const turned = await inspect(page, { direction: 'rtl' });
      assert.deepEqual(turned.faults, [], 'right to left');
      const narrow = await inspect(page, { size: NARROW });
      assert.deepEqual(narrow.faults, [], '320 px');
      const turnedNarrow = await inspect(page, { size: NARROW, direction: 'rtl' });
      assert.deepEqual(turnedNarrow.faults, [], 'right to left, 320 px');
      assert.deepEqual((await inspect(page, { size: ZOOMED })).faults, [], '200 %');
      assert.deepEqual(unmirrored(light.places, turned.places), [], 'the mirror image');
      assert.deepEqual(unmirrored(narrow.places, turnedNarrow.places), [], 'the mirror image at 320 px');
      assert.deepEqual(page.faults, [], 'the console');
    } finally {
      await page.context().close();
    }
  });
}
