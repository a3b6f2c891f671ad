/** Chooses between one and many: `plural('de', 3, 'Bogen', 'Bögen')` is "3 Bögen". */
export function plural(language: string, count: number, one: string, other: string): string {
  const form = new Intl.PluralRules(language).select(count) === 'one' ? one : other;
  return `${new Intl.NumberFormat(language).format(count)} ${form}`;
}
