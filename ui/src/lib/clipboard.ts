let holdsOurs = false;

/** What of this page must not be copied: forms, and what a clerk reads of one. */
const PRIVATE = '[data-private]';

/** Puts a number or a ticket on the clipboard. Needs a click or key just before, as web views demand. */
export async function copyText(text: string): Promise<void> {
  holdsOurs = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
}

/** Empties the clipboard if the last thing copied here may still be on it. Called on locking: the number belongs to the sitting. */
export async function clearClipboard(): Promise<void> {
  if (!holdsOurs) return;
  holdsOurs = false;
  // Without a click just before, a web view may refuse; locking must not depend on it.
  await navigator.clipboard.writeText('').catch(() => undefined);
}

/** For web views without the asynchronous clipboard. */
function copyBySelection(text: string) {
  const field = Object.assign(document.createElement('textarea'), { value: text });
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
}

/** Follows what is copied by hand. Text of a form stays where it is; what else was copied is cleared at the lock. */
export function noticeCopy(event: ClipboardEvent | DragEvent): 'refused' | 'noted' {
  if (!isField(event.target) && touchesPrivate(document.getSelection())) {
    event.preventDefault();
    return 'refused';
  }
  if (event.type !== 'dragstart') holdsOurs = true;
  return 'noted';
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea') !== null;
}

function touchesPrivate(selection: Selection | null): boolean {
  if (!selection || selection.isCollapsed) return false;
  return [...document.querySelectorAll(PRIVATE)].some((area) => selection.containsNode(area, true));
}
