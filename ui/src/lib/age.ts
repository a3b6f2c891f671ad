/** How long something has lain, in the steps in which it becomes more urgent. */
export type Urgency = 'today' | 'aging' | 'soon' | 'now';

const DAY = 24 * 3600 * 1000;

/** From this many days on. */
const SOON = 3;
const NOW = 7;

/** Midnights passed since then; what was changed late yesterday is a day old this morning. */
export function daysSince(seconds: number, now: Date = new Date()): number {
  const then = new Date(seconds * 1000);
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.max(0, (midnight(now) - midnight(then)) / DAY);
}

/** How urgent something of that many days is. */
export function urgency(days: number): Urgency {
  if (days >= NOW) return 'now';
  if (days >= SOON) return 'soon';
  return days >= 1 ? 'aging' : 'today';
}
