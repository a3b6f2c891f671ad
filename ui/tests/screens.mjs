// Takes the pictures under docs/screens: `npm run screens`. Every view once in light and once in dark, as on a tablet of 1024×768, plus the way upright.
import { mkdir, writeFile } from 'node:fs/promises';

import { open, settle } from './browser/browser.mjs';
import { VIEWS } from './browser/views.mjs';

const FOLDER = new URL('../../docs/screens/', import.meta.url);
/** Views that are held in the hand, upright too. */
const UPRIGHT = /^(question|turned-|check)/;

await mkdir(FOLDER, { recursive: true });
const site = await open();
/** `npm run screens -- check mig` takes only the views whose names begin so. */
const wanted = process.argv.slice(2);
const isWanted = ({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start));
for (const view of VIEWS.filter(isWanted)) {
  const looks = [['', {}], ['-dark', { dark: true }], ...(UPRIGHT.test(view.name) ? [['-upright', { width: 800, height: 1280 }]] : [])];
  for (const [suffix, options] of looks) {
    const page = await site.visit({ ...view, ...options });
    await view.go?.(page);
    await settle(page);
    // WebP is a third of what JPEG takes; Playwright itself offers only that and PNG.
    const browser = await page.context().newCDPSession(page);
    const { data } = await browser.send('Page.captureScreenshot', { format: 'webp', quality: 70 });
    await writeFile(new URL(`${view.name}${suffix}.webp`, FOLDER), Buffer.from(data, 'base64'));
    await page.context().close();
  }
}
await site.close();
