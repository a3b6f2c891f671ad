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

/** Whether this is the key that locks at once: Control, Shift and L, from everywhere, fields included. */
export function locksNow(event: KeyboardEvent): boolean {
  return event.ctrlKey && event.shiftKey && !event.altKey && event.key.toLowerCase() === 'l' && !event.repeat;
}

/** A dialog takes every key, also while the focus rests on none of its fields. */
export function behindDialog(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.altKey || event.metaKey;
}

function isTyping(target: EventTarget | null): boolean {
  return behindDialog() || (target instanceof Element && target.closest('input, textarea, select, dialog') !== null);
}
