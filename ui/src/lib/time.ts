const DAY = new Intl.DateTimeFormat('de-DE', { day: '2-digit', month: '2-digit', year: 'numeric' });
const MOMENT = new Intl.DateTimeFormat('de-DE', { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const CLOCK = new Intl.DateTimeFormat('de-DE', { hour: '2-digit', minute: '2-digit' });

/** Unix seconds as a day: "22.11.2026". */
export function day(seconds: number): string {
  return DAY.format(seconds * 1000);
}

/** A day as ISO 8601 writes it, as people do: "22.11.2026". */
export function dayOf(iso: string): string {
  return iso.split('-').toReversed().join('.');
}

/** Unix seconds as day and time: "22.11.2026, 14:05". */
export function moment(seconds: number): string {
  return MOMENT.format(seconds * 1000);
}

/** Unix seconds as the time of day: "14:05". */
export function clock(seconds: number): string {
  return CLOCK.format(seconds * 1000);
}

/** Unix seconds as people say it in a list: the time today, the day otherwise. */
export function recently(seconds: number, now: Date = new Date()): string {
  const at = new Date(seconds * 1000);
  return at.toDateString() === now.toDateString() ? `heute, ${CLOCK.format(at)}` : day(seconds);
}

/** When a day begins that is typed as "24.12.2026", in Unix seconds; undefined if there is no such day. */
export function dayBegins(text: string): number | undefined {
  const [, date, month, year] = (/^\s*(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\s*$/.exec(text) ?? []).map(Number);
  if (date === undefined || month === undefined || year === undefined) return undefined;
  const begins = new Date(year, month - 1, date);
  return begins.getMonth() === month - 1 && begins.getDate() === date ? begins.getTime() / 1000 : undefined;
}
