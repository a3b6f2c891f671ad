import letters from './pseudo-letters.json';

/** What says something to the app and nothing to a reader. */
const CODES = ['language', 'direction', 'kind', 'original', 'form_version', 'reviewed_by', 'reviewed_on'];
const LETTERS = new Map(Object.entries(letters));

/**
 * A tree of texts as a translation would strain the views: about two fifths longer, with marks above the letters, each text in brackets so that a cut
 * end shows. Letters that were exchanged already stay, so that a text within a text grows once. `{places}` to be filled in stay as well.
 */
export function pseudo<T>(tree: T): T {
  return changed(tree) as T;
}

function changed(tree: unknown): unknown {
  if (typeof tree === 'string') return tree && `⟦${tree.replaceAll(/\{\w+\}|[a-z]/gi, (found) => LETTERS.get(found) ?? found)}⟧`;
  if (typeof tree === 'function') return (...args: unknown[]) => changed((tree as (...args: unknown[]) => unknown)(...args));
  if (Array.isArray(tree)) return tree.map(changed);
  if (tree === null || typeof tree !== 'object') return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, CODES.includes(key) && typeof value !== 'object' ? value : changed(value)]));
}
