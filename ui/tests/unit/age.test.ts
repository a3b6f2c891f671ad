import { describe, expect, test } from 'vitest';

import { daysSince, urgency } from '../../src/lib/age';
import { t } from '../../src/lib/i18n';

const at = (text: string) => new Date(text).getTime() / 1000;
const NOW = new Date('2026-03-10T09:30:00');

describe('the age of a draft', () => {
  test.each([
    ['2026-03-10T00:00:00', 0],
    ['2026-03-09T23:59:59', 1],
    ['2026-03-09T00:00:00', 1],
    ['2026-03-08T23:59:59', 2],
    ['2026-03-03T12:00:00', 7],
  ])('%s is %i days ago', (moment, days) => expect(daysSince(at(moment), NOW)).toBe(days));

  test('a night with 23 hours is one night', () => {
    expect(daysSince(at('2026-03-28T12:00:00'), new Date('2026-03-30T08:00:00'))).toBe(2);
  });

  test('a clock that was set back makes nothing younger than today', () => {
    expect(daysSince(at('2026-03-11T12:00:00'), NOW)).toBe(0);
  });

  test('becomes urgent after three days, and more so after a week', () => {
    expect([0, 1, 2, 3, 6, 7, 30].map(urgency)).toEqual(['today', 'aging', 'aging', 'soon', 'soon', 'now', 'now']);
  });

  test('is told as people say it', () => {
    expect(t.age.days(1)).toBe('seit gestern');
    expect(t.age.days(4)).toBe('seit 4 Tagen');
  });
});
