/** How a bar is filled: told apart by pattern, never by colour. */
export type Fill = 'solid' | 'stripes' | 'dots' | 'empty';

/** The lowest count that fills the room: a handful shall not look like many. */
const LOWEST_SCALE = 40;

/** The count that fills the room beside others. */
export function scaleOf(counts: readonly (number | null)[]): number {
  return Math.max(LOWEST_SCALE, ...counts.map((count) => count ?? 0));
}
