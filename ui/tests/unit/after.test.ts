import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { LedgerRow } from '../../src/lib/bindings';
import { wholeNumber } from '../../src/lib/fields';
import { locksNow } from '../../src/lib/keys';
import { allRows, deliveries, PAGE } from '../../src/lib/ledger';
import { FakePlatform } from '../../src/lib/platform/fake';

const row = (seq: number, at: number, kind = 'destroyed', receipt: number | null = seq): LedgerRow => ({ seq, at, kind, receipt_index: receipt, record: `${seq}`, digest: '' });
const twice = (number: string) => ({ first: number, again: number });

describe('the history of handovers', () => {
  test('is what was destroyed in one go, newest first, and nothing else', () => {
    const rows = [row(9, 9000), row(8, 8990), row(7, 8980, 'discarded:duplicate', null), row(6, 8970), row(5, 5000, 'paper', null), row(4, 4000, 'destroyed', null), row(3, 3999)];
    expect(deliveries(rows)).toEqual([
      { at: 9000, seq: 9, destroyed: 3, receipts: 3 },
      { at: 4000, seq: 4, destroyed: 2, receipts: 1 },
    ]);
  });

  test('a long one does not fall apart', () => {
    const rows = Array.from({ length: 30 }, (_, index) => row(100 - index, 10_000 - index * 200));
    expect(deliveries(rows)).toHaveLength(1);
  });

  test('every line is read once, even if one is written while reading', async () => {
    const lines = Array.from({ length: 2 * PAGE + 3 }, (_, index) => row(2 * PAGE + 3 - index, 0));
    let read = 0;
    const rows = await allRows(async (offset, limit) => {
      if (read++ === 1) lines.unshift(row(2 * PAGE + 4, 0));
      return { rows: lines.slice(offset, offset + limit), all: lines.length, chain_ok: true, head: '' };
    });
    expect(new Set(rows.map(({ seq }) => seq)).size).toBe(rows.length);
    expect(rows.at(-1)?.seq).toBe(1);
    expect(rows.length).toBeGreaterThanOrEqual(2 * PAGE + 3);
  });
});

describe('after the handover, in the stand-in', () => {
  let app: FakePlatform;
  beforeEach(() => (app = new FakePlatform(new URLSearchParams('scene=counsellor&more=1&pin=counsellor'))));

  test('what has no number is not marked before the number came', async () => {
    const waiting = async () => (await app.run('mig_list', {})).entries.find((entry) => entry.label === 'Baby')!;
    const { entry } = await waiting();
    expect((await app.run('status', {})).counts.numbers_due).toBe(1);
    await expect(app.run('mig_tick', { entry })).rejects.toMatchObject({ code: 'number_follows' });
    await expect(app.run('number_bring', { entry, number: { first: '234B567899', again: '234B567898' } })).rejects.toMatchObject({ code: 'numbers_differ' });
    await app.run('number_bring', { entry, number: twice('234B567899') });
    expect(await waiting()).toMatchObject({ state: 'sealed', customer_number: '234B567899' });
    await expect(app.run('mig_tick', { entry })).rejects.toMatchObject({ code: 'not_found' });
    await vi.waitFor(async () => expect(await waiting()).toMatchObject({ state: 'due' }));
    expect((await app.run('status', {})).counts.numbers_due).toBe(0);
  });

  test.each([
    ['234B567890', 'waiting'],
    ['234B567892', 'opened'],
    ['234B567893', 'entered'],
    ['999Z999999', 'unknown'],
    ['123A456789', 'draft'],
  ])('the form of %s is %s', async (number, state) => {
    expect((await app.run('change_lookup', { number: twice(number) })).state).toBe(state);
  });

  test('a withdrawal is ready to be sealed, replaces another, and shows nowhere as a refusal', async () => {
    const { unit, member } = await app.run('change_begin', { number: twice('234B567890'), label: 'Frau B.', asking: 'to_person', withdraw: true });
    const view = await app.run('unit_open', { unit });
    expect(view).toMatchObject({ replaces: true, state: 'ready', members: [{ member, state: 'checked' }] });
    expect((await app.run('change_lookup', { number: twice('234B567890') })).state).toBe('draft');
  });

  test('what is entered is not changed any more, and what nobody knows is not replaced', async () => {
    const begin = (number: string) => app.run('change_begin', { number: twice(number), label: '', asking: 'to_person', withdraw: false });
    await expect(begin('234B567893')).rejects.toMatchObject({ code: 'past_change' });
    await expect(begin('999Z999999')).rejects.toMatchObject({ code: 'nothing_to_change' });
  });

  test('three wrong PINs, and only the passphrase helps', async () => {
    const user = (await app.run('lock', {})).pin!.user;
    const wrong = () => app.run('unlock_pin', { user, pin: '9999' });
    await expect(wrong()).rejects.toMatchObject({ code: 'wrong_pin', params: { left: '2' } });
    await expect(wrong()).rejects.toMatchObject({ code: 'wrong_pin', params: { left: '1' } });
    await expect(wrong()).rejects.toMatchObject({ code: 'pin_gone' });
    await expect(app.run('unlock_pin', { user, pin: '2580' })).rejects.toMatchObject({ code: 'pin_gone' });
    expect((await app.run('status', {})).pin).toBeNull();
  });

  test.each(['1111', '1234', '8765', '123', '12345678a'])('%s is no PIN', async (pin) => {
    await expect(app.run('pin_set', { pin })).rejects.toMatchObject({ code: 'pin_weak' });
  });

  test('a sheet is on the list from the moment it is opened for typing until it is shredded', async () => {
    const { rows: units } = await app.run('unit_list', { search: '12345BG0000017', state: null, oldest_first: false, offset: 0, limit: 1 });
    const family = await app.run('unit_open', { unit: units[0]!.unit });
    const { member } = family.members.find(({ label }) => label === 'Sami')!;
    await app.run('paper_open', { unit: family.unit, member });
    const sheet = (await app.run('papers', {})).rows.find((row) => row.member === member)!;
    const before = (await app.run('ledger', { offset: 0, limit: 1 })).all;
    expect(sheet.needed).toBe(true);
    await expect(app.run('paper_shredded', { record: sheet.record })).rejects.toMatchObject({ code: 'not_checked' });
    for (const command of ['form_refuse', 'form_check'] as const) await app.run(command, { unit: family.unit, member });
    expect((await app.run('paper_shredded', { record: sheet.record })).rows).toHaveLength(1);
    expect(await app.run('ledger', { offset: 0, limit: 1 })).toMatchObject({ all: before + 1, rows: [{ kind: 'paper', receipt_index: null }] });
  });
});

test('only Control, Shift and L lock at once', () => {
  const pressed = (init: KeyboardEventInit) => locksNow(new KeyboardEvent('keydown', init));
  expect(pressed({ key: 'L', ctrlKey: true, shiftKey: true })).toBe(true);
  expect(pressed({ key: 'l', ctrlKey: true })).toBe(false);
  expect(pressed({ key: 'L', shiftKey: true })).toBe(false);
});

test('minutes are whole and within an hour', () => {
  expect([wholeNumber(' 5 ', 1, 60), wholeNumber('60', 1, 60)]).toEqual([5, 60]);
  for (const text of ['', '0', '61', '5,5', '-3', '1e1']) expect(wholeNumber(text, 1, 60)).toBeUndefined();
});
