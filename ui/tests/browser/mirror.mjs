/**
 * Where everything stands, for comparing a view with its mirror image: boxes and spaces of all that is no running text, the signs that KERN draws
 * before and behind included. What declares a direction of its own is left out: it does not turn
 * with the page; what counts down too: it says something else a second later.
 */
export function placed(page) {
  return page.evaluate(() => {
    const direction = document.documentElement.dir;
    const SIDES = ['padding', 'margin', 'border'];
    const px = (style, name) => Math.round(parseFloat(style.getPropertyValue(name)) || 0);
    const spaces = (style) => SIDES.map((side) => ['left', 'right'].map((edge) => px(style, side === 'border' ? `border-${edge}-width` : `${side}-${edge}`)));
    const signs = (element) => ['::before', '::after'].map((which) => getComputedStyle(element, which)).map((style) => (style.position === 'absolute' ? [px(style, 'left'), px(style, 'right')] : spaces(style)[1]));
    const turns = (element) => getComputedStyle(element).direction === direction && !element.closest('[dir]:not(html)') && !element.closest('.kern-form-check__checkbox, [aria-live=off]');
    const elements = [...document.body.querySelectorAll('*')]
      .filter((element) => element.checkVisibility() && !getComputedStyle(element).display.startsWith('inline') && turns(element) && !element.closest('svg, .visually-hidden'))
      .map((element) => {
        const { left, right } = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        const name = `${element.tagName.toLowerCase()}.${element.className.toString().replaceAll(/ ?svelte-\w+/g, '')} "${element.textContent.trim().slice(0, 30)}"`;
        return { name, box: [left, right], spaces: [...spaces(style), ...signs(element)], align: style.textAlign };
      });
    // The page, without the room that KERN keeps for the window's scroll bar: that stays where it is.
    return { width: document.body.getBoundingClientRect().right, elements };
  });
}

const OTHER = { left: 'right', right: 'left' };

/** What of the right-to-left view is no mirror image of the left-to-right one, one line each. */
export function unmirrored({ width, elements }, rtl) {
  if (elements.length !== rtl.elements.length) return [`${elements.length} elements became ${rtl.elements.length}`];
  return elements.flatMap((from, index) => {
    const to = rtl.elements[index];
    const faults = [];
    if (Math.abs(from.box[0] + to.box[1] - width) > 2 || Math.abs(from.box[1] + to.box[0] - width) > 2) faults.push(`stands at ${to.box} instead of ${[width - from.box[1], width - from.box[0]]}`);
    if (JSON.stringify(to.spaces) !== JSON.stringify(from.spaces.map(([left, right]) => [right, left]))) faults.push(`has ${JSON.stringify(to.spaces)}, from left to right ${JSON.stringify(from.spaces)}`);
    if (to.align !== (OTHER[from.align] ?? from.align)) faults.push(`is aligned ${to.align}`);
    return faults.map((fault) => `${from.name} ${fault}`);
  });
}
