import type { QueueRow } from './bindings';

/** The form to go on with: what waits for an answer, for a decision or for a number is opened by hand. */
export function nextToEnter(rows: QueueRow[]): QueueRow | undefined {
  return rows.find(({ state, question }) => (state === 'assigned' || state === 'opened') && question !== 'asked' && question !== 'withdrawn');
}
