import type { LockAfter } from './bindings';

const MINUTE = 60 * 1000;

/**
 * How long nobody may touch the window before it locks itself, in milliseconds. While the customer has the screen it is longer: reading in a
 * second language, or aloud to a family, takes its time, and only one form can be seen. A lock in the middle of a sentence would press more
 * than it protects.
 */
export function patienceOf({ minutes, turned_minutes }: LockAfter, turned: boolean): number {
  return (turned ? turned_minutes : minutes) * MINUTE;
}

const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

/**
 * Calls back when nobody has used the window for a while, and again after each further while. A computer that slept counts as unused.
 * Returns how to stop.
 */
export function watchIdle(target: EventTarget, onIdle: () => void, patience: number): () => void {
  let last = Date.now();
  const used = () => void (last = Date.now());
  const look = setInterval(() => {
    if (Date.now() - last < patience) return;
    used();
    onIdle();
  }, Math.min(patience, 5000));
  for (const sign of SIGNS) target.addEventListener(sign, used, { passive: true });
  return () => {
    clearInterval(look);
    for (const sign of SIGNS) target.removeEventListener(sign, used);
  };
}
