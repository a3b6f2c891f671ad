import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';
import type { Plugin } from 'vite';

const FILE = fileURLToPath(new URL('../../crates/questionnaire/wording/v1/de.toml', import.meta.url));
const ID = 'virtual:wording';

/** The signed-off wording file as a module, for the stand-in that runs in a browser. The app itself gets it by the command `wording`. */
export function wording(): Plugin {
  return {
    name: 'wording',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return undefined;
      this.addWatchFile(FILE);
      return `export default ${JSON.stringify(parse(readFileSync(FILE, 'utf8')))}`;
    },
  };
}
