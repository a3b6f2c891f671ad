import { beforeEach, describe, expect, test } from 'vitest';

import { app } from '../../src/lib/app.svelte';
import type { Event } from '../../src/lib/bindings';
import { FakePlatform } from '../../src/lib/platform/fake';
import type { Platform } from '../../src/lib/platform/platform';
import { sitting } from '../../src/lib/sitting.svelte';

describe('the state of the window', () => {
  let fake: FakePlatform;
  let tell: (event: Event) => void;

  beforeEach(async () => {
    fake = new FakePlatform(new URLSearchParams('scene=counsellor'));
    const platform: Platform = { run: (command, args) => fake.run(command, args), onEvent: (callback) => ((tell = callback), () => undefined) };
    await app.start(platform);
  });

  test('a lock from outside leaves nothing of the sitting, and only the same person returns to it', async () => {
    const { user } = app.status.session!;
    app.announcement = 'Frau B. ist gekennzeichnet';
    app.progress = { done: 1, total: 3 };
    await fake.run('lock', {});
    tell({ event: 'changed' });
    await expect.poll(() => app.status.session).toBeNull();
    expect([app.announcement, app.progress, app.problem, sitting.form]).toEqual(['', null, null, null]);
    expect(sitting.returns(user)).toBe(true);
    expect(sitting.returns(app.status.users[1]!.user)).toBe(false);
  });

  test('the progress of a delivery that runs by itself goes away with it', () => {
    tell({ event: 'sync_progress', done: 1, total: 2 });
    expect(app.progress).toEqual({ done: 1, total: 2 });
    tell({ event: 'sync_progress', done: 2, total: 2 });
    expect(app.progress).toBeNull();
  });

  test('while it locks, the window is told to show nothing before the app answers', async () => {
    const locked = app.lock();
    expect(app.locking).toBe(true);
    await locked;
    expect([app.locking, app.status.session]).toEqual([false, null]);
  });
});
