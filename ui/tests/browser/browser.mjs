import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';
import { preview } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RESULTS = new URL('../../test-results/', import.meta.url);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Nothing in these tests depends on the day on which they run. */
export const NOW = new Date('2026-03-10T09:30:00+01:00');

/** The built page behind a local server, and a browser. */
export async function open() {
  const server = await preview({ root: ROOT, logLevel: 'error', preview: { port: 0, strictPort: false, host: '127.0.0.1' } });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const { port } = server.httpServer.address();
  await mkdir(RESULTS, { recursive: true });
  return {
    /** A page in one scene of the stand-in, as `{ scene, hash, dark, width, height, zoom, query, init }` says; `init` runs in the page before anything else. */
    visit: (options) => visit(browser, `http://127.0.0.1:${port}/`, options),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

async function visit(browser, origin, { scene = 'counsellor', hash = '', dark = false, width = 1024, height = 768, zoom = 1, query = '', init } = {}) {
  const context = await browser.newContext({
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
    deviceScaleFactor: zoom,
    colorScheme: dark ? 'dark' : 'light',
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  page.faults = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.faults.push(message.text()));
  page.on('pageerror', (error) => page.faults.push(String(error)));
  await page.clock.setFixedTime(NOW);
  // The window freezes it too (`freezePrototype`); what breaks by it should break here.
  await page.addInitScript(() => Object.freeze(Object.prototype));
  if (init) await page.addInitScript(init);
  await page.goto(`${origin}?scene=${scene}${query}${hash && `#${hash}`}`);
  await page.locator('h1').first().waitFor();
  return page;
}

/** All rules of axe on the whole page, none disabled. Returns what is wrong, one line each. */
export async function audit(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n').slice(1, 2).join('').trim()}`));
}

/** How many pixels the page, or whatever scrolls in it, is wider than the room it has. */
export function overflow(page) {
  return page.evaluate(() => Math.max(...[document.documentElement, ...document.querySelectorAll('main')].map((box) => box.scrollWidth - box.clientWidth)));
}

/** Targets smaller than 44 by 44 pixels. */
export function smallTargets(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('a, button, input, select, textarea')]
      .filter((element) => element.checkVisibility() && !element.closest('.skip') && !element.classList.contains('skip'))
      .map((element) => {
        const label = element.labels?.[0];
        const boxes = [element, ...(element.matches('[type=radio], [type=checkbox]') ? [element.closest('.kern-form-check')] : [])];
        const [width, height] = ['width', 'height'].map((side) => Math.max(...boxes.map((box) => box.getBoundingClientRect()[side])));
        return { name: element.textContent.trim() || label?.textContent || element.id, width, height };
      })
      .filter(({ width, height }) => height > 0 && Math.min(width, height) < 43.9)
      .map(({ name, width, height }) => `${name}: ${Math.round(width)} × ${Math.round(height)}`),
  );
}

/** Waits until what changed is painted. */
export function settle(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** A picture for people to look at. */
export async function picture(page, name) {
  await settle(page);
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, RESULTS)) });
}
