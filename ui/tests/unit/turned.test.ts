import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { MemberRef } from '../../src/lib/bindings';
import { questionKey } from '../../src/lib/keys';
import { FakePlatform } from '../../src/lib/platform/fake';
import { swipeBack } from '../../src/lib/swipe';
import { filled } from '../../src/lib/wording';

describe('the turned device', () => {
  let app: FakePlatform;
  let whose: MemberRef;
  let other: string;

  beforeEach(async () => {
    app = new FakePlatform(new URLSearchParams('scene=counsellor'));
    const { rows } = await app.run('unit_list', { search: '12345BG0000017', state: null, oldest_first: false, offset: 0, limit: 1 });
    const unit = await app.run('unit_open', { unit: rows[0]!.unit });
    whose = { unit: unit.unit, member: unit.members.find((card) => card.label === 'Sami')!.member };
    other = unit.members[0]!.member;
  });

  test('needs a code of four to eight digits, once', async () => {
    for (const code of [null, '123', '123456789', 'abcd']) await expect(app.run('turn', { ...whose, code })).rejects.toMatchObject({ code: 'code_needed' });
    expect(await app.run('turn', { ...whose, code: '2468' })).toMatchObject({ turned: whose, turn_code: true });
    expect((await app.run('turn_back', { code: '2468' })).turned).toBeNull();
    expect((await app.run('turn', { ...whose, code: null })).turned).toEqual(whose);
  });

  test('gives one form away and nothing else', async () => {
    await app.run('turn', { ...whose, code: '2468' });
    expect((await app.run('form_open', whose)).takeable).toEqual([]);
    await expect(app.run('form_open', { ...whose, member: other })).rejects.toMatchObject({ code: 'turned' });
    await expect(app.run('unit_open', { unit: whose.unit })).rejects.toMatchObject({ code: 'turned' });
    await expect(app.run('form_check', whose)).rejects.toMatchObject({ code: 'turned' });
    expect((await app.run('wording_in', { language: 'ar' })).wording).toMatchObject({ about: { direction: 'rtl' } });
    await expect(app.run('wording_in', { language: 'xx' })).rejects.toMatchObject({ code: 'language_unknown' });
  });

  test('waits longer for its reader', async () => {
    const { lock_after } = await new FakePlatform(new URLSearchParams('scene=counsellor')).run('status', {});
    expect(lock_after.turned_minutes).toBeGreaterThan(lock_after.minutes);
  });
});

describe('from right to left', () => {
  const press = (key: string) => new KeyboardEvent('keydown', { key });

  test('the arrow back points to the right', () => {
    expect(questionKey(press('ArrowRight'), 'rtl')).toBe('back');
    expect(questionKey(press('ArrowLeft'), 'rtl')).toBeUndefined();
    expect(questionKey(press('2'), 'rtl')).toEqual({ answer: 'no' });
  });

  test.each([
    ['ltr', 200, 0, 1],
    ['ltr', -200, 0, 0],
    ['rtl', -200, 0, 1],
    ['rtl', 200, 0, 0],
    ['ltr', 40, 0, 0],
    ['ltr', 200, 150, 0],
  ] as const)('%s: a finger drawn by %i and %i leads back %i times', (direction, x, y, times) => {
    const back = vi.fn();
    const stop = swipeBack(direction, back)(document.body);
    const touch = (type: string, clientX: number, clientY: number) =>
      document.body.dispatchEvent(Object.assign(new MouseEvent(type, { clientX, clientY }), { pointerType: 'touch', isPrimary: true }));
    touch('pointerdown', 300, 300);
    touch('pointerup', 300 + x, 300 + y);
    expect(back).toHaveBeenCalledTimes(times);
    stop();
  });
});

test('what the office wrote is filled in, and a gap stays visible', () => {
  const information = { controller: 'Jobcenter', officer: '', authority: 'Bonn', return_to: 'Empfang' };
  expect(filled('{controller}, {authority}', information)).toBe('Jobcenter, Bonn');
  expect(filled('{officer}', information)).toBe('…');
  expect(filled('{controller}', null)).toBe('…');
});
