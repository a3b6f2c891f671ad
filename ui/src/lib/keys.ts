import type { AnswerKey } from './bindings';
import { ANSWERS } from './questions';

/** What a key means on the question screen. */
export type QuestionKeyAction = { answer: AnswerKey } | 'back' | undefined;

const BACK = { ltr: 'ArrowLeft', rtl: 'ArrowRight' };

/** 1, 2, 3 answer; the arrow against the direction of reading and Backspace lead back. A held key counts once, and nothing happens while something is typed. */
export function questionKey(event: KeyboardEvent, direction: 'ltr' | 'rtl' = 'ltr'): QuestionKeyAction {
  if (event.repeat || hasModifier(event) || isTyping(event.target)) return undefined;
  if (event.key === BACK[direction] || event.key === 'Backspace') return 'back';
  const answer = ANSWERS[Number(event.key) - 1];
  return answer && { answer };
}

/** Whether this is the key that confirms an entry: Control and Enter, so that nobody confirms by accident. */
export function confirmsEntry(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat;
}

/** What a key means while values are put in one after the other. */
export type EntryKeyAction = 'next' | 'back' | undefined;

/** Enter and the arrows lead through the values. A held key counts once, so that nobody runs past a value or into the confirmation. */
export function entryKey(event: KeyboardEvent): EntryKeyAction {
  if (event.repeat || hasModifier(event) || isTyping(event.target)) return undefined;
  if (event.key === 'ArrowUp') return 'back';
  return event.key === 'ArrowDown' || (event.key === 'Enter' && !isOperable(event.target)) ? 'next' : undefined;
}

/** Whether this is the key that says that the numbers are the same: Enter, unless it operates what has the focus. */
export function comparesNumbers(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.repeat && !hasModifier(event) && !isTyping(event.target) && !isOperable(event.target);
}

/** Whether this is the key that locks at once: Control, Shift and L, from everywhere, fields included. */
export function locksNow(event: KeyboardEvent): boolean {
  return event.ctrlKey && event.shiftKey && !event.altKey && event.key.toLowerCase() === 'l' && !event.repeat;
}

/** A dialog takes every key, also while the focus rests on none of its fields. */
export function behindDialog(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

/** What does something of its own on Enter. */
function isOperable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, summary') !== null;
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.altKey || event.metaKey;
}

function isTyping(target: EventTarget | null): boolean {
  return behindDialog() || (target instanceof Element && target.closest('input, textarea, select, dialog') !== null);
}
