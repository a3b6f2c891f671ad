import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { encode } from 'uqr';

import { audit, open } from './browser.mjs';

let site;
before(async () => (site = await open()));
after(() => site.close());

const TICKET = 'bogen-einladung-aus-der-datei-zq4m';
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const file = (text) => ({ name: 'Einladung.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });

async function enrol(options = {}) {
  const page = await site.visit({ scene: 'first', ...options });
  await press(page, 'Einladung einlösen');
  await page.locator('#ticket').waitFor();
  return page;
}

async function redeem(page) {
  await page.locator('#name').fill('Jana Winter');
  await page.locator('#passphrase').fill('vier wörter am stück');
  await page.locator('#again').fill('vier wörter am stück');
  await press(page, 'Einlösen');
  await page.getByText('Gesperrt.').waitFor();
}

test('a ticket is redeemed from a file, and can be read before', async () => {
  const page = await enrol();
  await page.locator('#ticket-file').setInputFiles(file(`${TICKET}\n`));
  await page.locator('#ticket:focus').waitFor();
  assert.equal(await page.locator('#ticket').inputValue(), TICKET);
  await redeem(page);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a file that is no ticket is refused, and said at the field', async () => {
  const page = await enrol();
  await page.locator('#ticket-file').setInputFiles(file('x'.repeat(9000)));
  await page.locator('#ticket-error').getByText('Diese Datei ist zu groß').waitFor();
  assert.equal(await page.locator('#ticket').inputValue(), '');
  assert.deepEqual(await audit(page), []);
  await page.context().close();
});

/** A device with a camera before which a code lies; asked for, it shows what it sees or refuses. */
function camera({ text, refuses }) {
  globalThis.camera = { tracks: [] };
  globalThis.BarcodeDetector = class {
    static getSupportedFormats = async () => ['qr_code'];
    detect = async (video) => (video.srcObject && globalThis.camera.shown ? [{ rawValue: text }] : []);
  };
  const getUserMedia = async () => {
    if (refuses) throw new DOMException('no', 'NotAllowedError');
    const stream = Object.assign(document.createElement('canvas'), { width: 64, height: 64 });
    stream.getContext('2d').fillRect(0, 0, 64, 64);
    const captured = stream.captureStream(5);
    globalThis.camera.tracks = captured.getTracks();
    return captured;
  };
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia, enumerateDevices: async () => [{ kind: 'videoinput' }] } });
}

const withCamera = (options) => `(${camera})(${JSON.stringify(options)})`;

test('without a camera that reads codes nothing speaks of one', async () => {
  const page = await enrol({ init: 'delete globalThis.BarcodeDetector' });
  assert.equal(await page.getByText('Kamera').count(), 0);
  await page.context().close();
});

test('a ticket is read by the camera, which goes out then', async () => {
  const page = await enrol({ init: withCamera({ text: TICKET }) });
  await press(page, 'Mit der Kamera lesen');
  await page.getByText('Halten Sie den QR-Code vor die Kamera.').waitFor();
  assert.deepEqual(await audit(page), []);
  await page.evaluate(() => (globalThis.camera.shown = true));
  await page.locator('#ticket:focus').waitFor();
  assert.equal(await page.locator('#ticket').inputValue(), TICKET);
  assert.deepEqual(await page.evaluate(() => globalThis.camera.tracks.map((track) => track.readyState)), ['ended']);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a camera can be switched off again; one that may not be used is said', async () => {
  const page = await enrol({ init: withCamera({ text: TICKET }) });
  await press(page, 'Mit der Kamera lesen');
  await press(page, 'Kamera ausschalten');
  await page.getByRole('button', { name: 'Mit der Kamera lesen' }).waitFor();
  assert.equal(await page.locator('#ticket').inputValue(), '');
  assert.deepEqual(await page.evaluate(() => globalThis.camera.tracks.map((track) => track.readyState)), ['ended']);
  await page.context().close();
  const refusing = await enrol({ init: withCamera({ refuses: true }) });
  await press(refusing, 'Mit der Kamera lesen');
  await refusing.locator('#ticket-error').getByText('Die Kamera lässt sich nicht benutzen.').waitFor();
  await refusing.context().close();
});

test('an invitation is a text, a code, a file, and a sheet without the buttons', async () => {
  const page = await site.visit({ scene: 'admin', hash: '/verwalten/einladen' });
  await page.locator('#name').fill('Aylin Demir');
  await page.getByLabel('Sachbearbeitung').check();
  await press(page, 'Einladung erstellen');
  const ticket = await page.locator('.ticket .number').textContent();
  const path = await page.getByRole('img', { name: 'QR-Code mit dem Text der Einladung' }).locator('path').getAttribute('d');
  const { data } = encode(ticket, { ecc: 'M', border: 4 });
  assert.equal(path.match(/M/g).length, data.flat().filter(Boolean).length);
  const download = page.waitForEvent('download');
  await press(page, 'Als Datei sichern');
  const saved = await download;
  assert.equal(saved.suggestedFilename(), 'Bogen-Einladung.txt');
  assert.equal(await readFile(await saved.path(), 'utf8'), ticket);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('button', { name: 'Drucken' }).isVisible(), false);
  assert.equal(await page.getByRole('img', { name: /QR-Code/ }).isVisible(), true);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
