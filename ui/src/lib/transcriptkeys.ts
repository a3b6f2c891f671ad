import type { AnswerKey } from './bindings';
import { behindDialog } from './keys';
import { ANSWERS } from './questions';

/** What a key means while a form on paper is typed in. */
export type TranscriptKey = { answer: AnswerKey } | 'up' | 'down' | 'refuse' | 'finish';

const LETTERS: Record<string, AnswerKey> = { j: 'yes', n: 'no', k: 'declined' };
const OTHERS: Record<string, TranscriptKey> = { ArrowUp: 'up', ArrowDown: 'down', a: 'refuse', Enter: 'finish' };

/** The meaning of a key; undefined if it has none. A held key counts once, and a key on a button or in a field is that button's or field's. */
export function transcriptKey(event: KeyboardEvent): TranscriptKey | undefined {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (belongsElsewhere(event.target, key)) return undefined;
  const answer = LETTERS[key] ?? ANSWERS[Number(key) - 1];
  return answer ? { answer } : OTHERS[key];
}

/** Enter presses the button it stands on; every key of a field is typed there, save in a box to tick, which only knows the space bar. */
function belongsElsewhere(target: EventTarget | null, key: string): boolean {
  if (behindDialog()) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest('dialog, select, textarea, input:not([type=checkbox])')) return true;
  return key === 'Enter' && target.closest('button, a, summary') !== null;
}
