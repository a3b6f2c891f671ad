import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { patienceOf, watchIdle } from '../../src/lib/idle';

const IDLE = patienceOf({ minutes: 7, turned_minutes: 20 }, false);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('an unused window locks itself, a used one does not', () => {
  const locked = vi.fn();
  const stop = watchIdle(window, locked, IDLE);
  vi.advanceTimersByTime(IDLE - 10_000);
  window.dispatchEvent(new Event('keydown'));
  vi.advanceTimersByTime(IDLE - 10_000);
  expect(locked).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20_000);
  expect(locked).toHaveBeenCalledTimes(1);
  stop();
  vi.advanceTimersByTime(10 * IDLE);
  expect(locked).toHaveBeenCalledTimes(1);
});

test('waking up after a night counts as unused', () => {
  const locked = vi.fn();
  const stop = watchIdle(window, locked, IDLE);
  vi.setSystemTime(Date.now() + 8 * 3600 * 1000);
  vi.advanceTimersByTime(5000);
  expect(locked).toHaveBeenCalledTimes(1);
  stop();
});

test('the time is the one that was set, longer while the customer has the screen', () => {
  expect(patienceOf({ minutes: 7, turned_minutes: 20 }, false)).toBe(7 * 60_000);
  expect(patienceOf({ minutes: 7, turned_minutes: 20 }, true)).toBe(20 * 60_000);
});
