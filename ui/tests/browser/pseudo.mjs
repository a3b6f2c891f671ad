import { readFileSync } from 'node:fs';

const LETTERS = JSON.parse(readFileSync(new URL('../../src/lib/platform/fake/pseudo-letters.json', import.meta.url), 'utf8'));
const BRACKETS = '[⟦⟧]*';

/** Finds by the German text what stands there with exchanged letters, a part of it or all of it, in brackets or between them. */
function strained(text, exact) {
  const plain = typeof text === 'string';
  const source = plain ? text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') : text.source;
  const pattern = source.replaceAll(/\\.|\s|\p{L}/gu, (found) => (LETTERS[found] ? `(?:${found}|${LETTERS[found]})${BRACKETS}` : `${found}${BRACKETS}`));
  const whole = plain && exact ? `^${BRACKETS}${pattern}$` : pattern.replace(/^\^/, `^${BRACKETS}`);
  return new RegExp(whole, plain ? 'i' : text.flags);
}

/** The page, so that the ways of `views.mjs` lead through it although every text is another one. */
export function understood(page) {
  const { getByRole, getByText, getByLabel } = page;
  page.getByRole = (role, options = {}) => {
    const { exact, name, ...rest } = options;
    return getByRole.call(page, role, name === undefined ? rest : { ...rest, name: strained(name, exact) });
  };
  page.getByText = (text, { exact } = {}) => getByText.call(page, strained(text, exact));
  page.getByLabel = (text, { exact } = {}) => getByLabel.call(page, strained(text, exact));
  return page;
}

/** Texts that are cut off, reach out of the box they stand in, or lie on one another; one line each. */
export function misfits(page) {
  return page.evaluate(() => {
    const root = document.querySelector('dialog[open]') ?? document.body;
    const said = (node) => `"${node.textContent.trim().slice(0, 40)}"`;
    const styles = new Map();
    const style = (element) => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
    const scrolls = (element) => /auto|scroll/.test(style(element).overflowX + style(element).overflowY);
    const apart = (element) => /absolute|fixed|sticky/.test(style(element).position);
    const faults = [];

    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const lines = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const box = node.parentElement;
      if (!node.textContent.trim() || !box.checkVisibility() || box.closest('.visually-hidden, .skip, option, [aria-hidden=true]')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) if (rect.width > 1) lines.push({ node, box, rect });
    }

    for (const { node, box, rect } of lines) {
      for (let outer = box; outer && outer !== root; outer = outer.parentElement) {
        if (scrolls(outer)) break;
        if (style(outer).display === 'inline' || style(outer).display === 'contents') continue;
        const edge = outer.getBoundingClientRect();
        const past = Math.max(edge.left - rect.left, rect.right - edge.right, (edge.top - rect.top) - 6, (rect.bottom - edge.bottom) - 6);
        if (past > 2) {
          faults.push(`${said(node)} reaches ${Math.round(past)} px out of ${outer.tagName.toLowerCase()}.${outer.className}`);
          break;
        }
        if (apart(outer)) break;
      }
    }

    for (const element of root.querySelectorAll('*')) {
      if (!element.checkVisibility() || element.closest('.visually-hidden') || element.clientWidth === 0) continue;
      const cuts = !element.matches('input, textarea') && (/hidden|clip/.test(style(element).overflowX) || style(element).textOverflow === 'ellipsis');
      if (cuts && element.tagName !== 'SELECT' && element.scrollWidth > element.clientWidth + 1) faults.push(`${said(element)} is cut off in ${element.tagName.toLowerCase()}.${element.className}`);
      if (element.tagName === 'SELECT') {
        const pen = document.createElement('canvas').getContext('2d');
        pen.font = style(element).font;
        const room = element.clientWidth - parseFloat(style(element).paddingLeft) - parseFloat(style(element).paddingRight);
        const text = element.selectedOptions[0]?.text ?? '';
        if (pen.measureText(text).width > room + 1) faults.push(`"${text}" is cut off in its choice`);
      }
    }

    const pane = (element) => {
      for (let outer = element; outer; outer = outer.parentElement) if (scrolls(outer) || apart(outer)) return outer;
      return null;
    };
    for (const [index, one] of lines.entries()) {
      for (const other of lines.slice(index + 1)) {
        if (one.node === other.node) continue;
        const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
        const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
        if (across > 3 && down > 0.4 * Math.min(one.rect.height, other.rect.height) && pane(one.box) === pane(other.box)) faults.push(`${said(one.node)} lies on ${said(other.node)}`);
      }
    }
    return [...new Set(faults)];
  });
}
