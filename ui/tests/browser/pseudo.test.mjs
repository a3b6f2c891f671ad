import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { open, overflow, settle } from './browser.mjs';
import { misfits, understood } from './pseudo.mjs';
import { VIEWS } from './views.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

const SIZES = [{ width: 1024, height: 768 }, { width: 320, height: 640 }];

async function strained(page, size) {
  await page.setViewportSize(size);
  await settle(page);
  const wider = await overflow(page);
  return [...(await misfits(page)), ...page.faults, ...(wider > 0 ? [`${wider} px too wide`] : [])];
}

for (const view of VIEWS) {
  test(`${view.name}: texts two fifths longer still fit, at 1024 and at 320 px`, async () => {
    const page = understood(await site.visit({ ...view, query: `${view.query ?? ''}&pseudo=1` }));
    try {
      await view.go?.(page);
      for (const size of SIZES) assert.deepEqual(await strained(page, size), [], `${size.width} px`);
    } finally {
      await page.context().close();
    }
  });
}

test('texts that are cut off, reach out, or lie on one another are found', async () => {
  const page = understood(await site.visit({ scene: 'counsellor', query: '&pseudo=1' }));
  const after = async (css) => {
    const style = await page.evaluateHandle((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets = [sheet];
    }, css);
    await style.dispose();
    return (await misfits(page)).join('\n');
  };
  assert.equal(await after(''), '');
  assert.match(await after('h1 { max-inline-size: 3rem; overflow: hidden; white-space: nowrap; overflow-wrap: normal }'), /is cut off/);
  assert.match(await after('.kern-btn { inline-size: 3rem; white-space: nowrap }'), /reaches \d+ px out of/);
  assert.match(await after('.muted { margin-block-start: -2.5rem }'), /lies on/);
  assert.match(await after('select { inline-size: 5rem !important }'), /is cut off in its choice/);
  await page.context().close();
});
