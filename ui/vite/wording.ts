import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';
import type { Plugin } from 'vite';

const FOLDER = new URL('../../crates/questionnaire/wording/v1/', import.meta.url);
const ID = 'virtual:wording';
/** The files in the order in which the app offers their languages; German counts and comes first. */
const ORDER = ['de', 'de-leicht', 'en', 'uk', 'ru', 'ar', 'tr', 'fa', 'ro', 'bg', 'pl'];

/** The wording files as a module, for the stand-in that runs in a browser. The app itself gets them by commands. */
export function wording(): Plugin {
  return {
    name: 'wording',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return undefined;
      const paths = ORDER.map((name) => fileURLToPath(new URL(`${name}.toml`, FOLDER))).filter((path) => existsSync(path));
      for (const path of paths) this.addWatchFile(path);
      const [german, ...translations] = paths.map((path) => parse(readFileSync(path, 'utf8')));
      return `export default ${JSON.stringify(german)};\nexport const translations = ${JSON.stringify(translations)};`;
    },
  };
}
