let holdsOurs = false;

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
