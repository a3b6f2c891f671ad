/** `rows` in the order in which they were shown before, new ones at the end: nothing may move under the finger of somebody who ticks a list off. */
export function inOrderOf<T>(shown: readonly T[], rows: readonly T[], key: (row: T) => string): T[] {
  const place = new Map(shown.map((row, index) => [key(row), index]));
  const of = (row: T) => place.get(key(row)) ?? shown.length;
  return [...rows].sort((a, b) => of(a) - of(b));
}
