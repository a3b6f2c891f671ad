/** How far a finger has to move, in pixels, to mean it. */
const FAR = 80;

/** An attachment: a finger drawn in the direction of reading pulls the page before back in, as in a book. The rest of the touch stays the browser's. */
export function swipeBack(direction: 'ltr' | 'rtl', back: () => void): (node: HTMLElement) => () => void {
  return (node) => {
    let from: PointerEvent | null = null;
    const down = (event: PointerEvent) => void (from = event.pointerType === 'touch' && event.isPrimary ? event : null);
    const up = (event: PointerEvent) => {
      if (from && leadsBack(from, event, direction)) back();
      from = null;
    };
    const cancel = () => void (from = null);
    const listeners = [['pointerdown', down], ['pointerup', up], ['pointercancel', cancel]] as const;
    for (const [name, listener] of listeners) node.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of listeners) node.removeEventListener(name, listener);
    };
  };
}

function leadsBack(from: PointerEvent, to: PointerEvent, direction: 'ltr' | 'rtl'): boolean {
  const along = (to.clientX - from.clientX) * (direction === 'rtl' ? -1 : 1);
  return along > FAR && along > 2 * Math.abs(to.clientY - from.clientY);
}
