import { expect, test } from 'vitest';

import { day, dayBegins } from '../../src/lib/time';

test('a typed day begins at its midnight here, and what is no day is none', () => {
  const begins = dayBegins(' 1.3.2026 ');
  expect(begins).toBe(new Date(2026, 2, 1).getTime() / 1000);
  expect(day(begins ?? 0)).toBe('01.03.2026');
  expect(dayBegins('29.02.2028')).toBeDefined();
  for (const text of ['', '29.02.2026', '31.4.2026', '0.1.2026', '1.13.2026', '2026-03-01', '1.3.26', '1.3.2026 x']) expect(dayBegins(text)).toBeUndefined();
});
