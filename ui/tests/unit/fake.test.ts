import { beforeEach, describe, expect, test } from 'vitest';

import type { AnswerKey, FormView, UnitView } from '../../src/lib/bindings';
import { FakePlatform } from '../../src/lib/platform/fake';
import { characteristics, FakeForm, QUESTIONS } from '../../src/lib/platform/fake/form';
import { questionBefore, unaskedBecause } from '../../src/lib/questions';

const KEYS: Record<string, AnswerKey> = { J: 'yes', N: 'no', K: 'declined' };

/** A form answered in the order in which the questions come, and the line of the table it gives: – is not asked. */
function filled(line: string): FakeForm {
  const form = new FakeForm('to_person');
  for (const letter of line.replaceAll(/[ –]/g, '')) form.answer(form.position!, KEYS[letter]!);
  return form;
}

const line = (form: FakeForm) => form.questions.map((state) => (state.asked ? 'JNK'[['yes', 'no', 'declined'].indexOf(state.answer!)] : '–')).join(' ');
const marks = (form: FakeForm) => characteristics(QUESTIONS.map((question) => form.effective(question)!)).map((value) => 'JNK'[['yes', 'no', 'declined'].indexOf(value)]).join(' ');

describe('the stand-in asks by the rules of the questionnaire', () => {
  test.each([
    ['J N – N J J J J', 'J N N J'],
    ['K – – – K – K –', 'K K K K', 'K K – – K – K –'],
    ['J N – N N – K –', 'J N N K'],
    ['J J J J J J J J', 'J J J J'],
    ['J N – N J J N –', 'J N N J'],
    ['J N – N N – N –', 'J N N N'],
    ['N J J – J N J N', 'N J N N'],
    ['J N – J J J J J', 'J N J J'],
  ])('%s gives %s', (answers, expected, asked = answers) => {
    const form = filled(asked);
    expect(form.complete).toBe(true);
    expect(line(form)).toBe(asked);
    expect(marks(form)).toBe(expected);
  });

  test('a refusal is complete at once, and undone as easily', () => {
    const form = filled('J N');
    form.refused = true;
    expect([form.state, form.current]).toEqual(['complete', null]);
    form.refused = false;
    expect([form.state, form.current, form.given.get('german_nationality')]).toEqual(['started', 'resettler', 'yes']);
  });

  test('a follow-up that no longer applies comes back when the change is undone', () => {
    const form = filled('J J J J');
    form.answer('born_outside', 'no');
    expect(form.effective('immigrated_after_1949')).toBe('no');
    form.answer('born_outside', 'yes');
    expect(form.given.get('immigrated_after_1949')).toBe('yes');
  });

  test('contradictions warn and never block', () => {
    const form = filled('J N – J N – N –');
    expect([form.warnings, form.complete]).toEqual([['resettler_born_inside'], true]);
  });
});

describe('the whole way through the stand-in', () => {
  let app: FakePlatform;
  let unit: UnitView;
  const add = (label: string, number: string) => app.run('member_add', { unit: unit.unit, label, number: { first: number, again: number }, asking: 'to_person', already_collected: false });

  beforeEach(async () => {
    app = new FakePlatform(new URLSearchParams('scene=counsellor'));
    unit = await app.run('unit_create', { number: { first: '54321//0000042', again: '54321bg0000042' }, label: '' });
  });

  async function answerAll(member: string): Promise<FormView> {
    await app.run('unit_informed', { unit: unit.unit, member });
    let form = await app.run('form_open', { unit: unit.unit, member });
    while (form.current) form = await app.run('form_answer', { unit: unit.unit, member, question: form.current, answer: 'no' });
    return app.run('form_check', { unit: unit.unit, member });
  }

  test('numbers are compared as written, not as typed', async () => {
    expect(unit.number).toBe('54321BG0000042');
    await expect(app.run('unit_create', { number: { first: '54321BG0000042', again: '54321BG0000042' }, label: '' })).rejects.toMatchObject({ code: 'number_twice' });
    await expect(app.run('unit_create', { number: { first: '54321BG0000044', again: '54321BG0000045' }, label: '' })).rejects.toMatchObject({ code: 'numbers_differ' });
    await expect(add('x', '123')).rejects.toMatchObject({ code: 'number_invalid', params: { reason: 'too_short' } });
  });

  test('who is not checked is left out by name, and stays as a reminder', async () => {
    unit = await add('A', '123A000001');
    unit = await add('B', '123A000002');
    const [first, second] = unit.members;
    await answerAll(first!.member);
    await expect(app.run('unit_finalise', { unit: unit.unit, left_out: [] })).rejects.toMatchObject({ code: 'not_checked', params: { count: '1' } });
    const finalised = await app.run('unit_finalise', { unit: unit.unit, left_out: [second!.member] });
    expect([finalised.records.length, finalised.reminder]).toEqual([1, true]);
    expect((await app.run('unit_open', { unit: unit.unit })).state).toBe('reminder');
  });

  test('a customer is to be marked after the delivery, not before', async () => {
    unit = await add('A', '123A000001');
    await answerAll(unit.members[0]!.member);
    await app.run('unit_finalise', { unit: unit.unit, left_out: [] });
    const state = async () => (await app.run('mig_list', {})).entries.find((entry) => entry.customer_number === '123A000001')?.state;
    expect(await state()).toBe('sealed');
    expect(await app.run('sync', {})).toMatchObject({ end: 'done', delivered: 1, destroyed: 1, left: 0 });
    expect(await state()).toBe('due');
  });

  test('a log fault stops the delivery until the endpoint proves its log whole', async () => {
    const rechecked = async (log: string) => {
      app = new FakePlatform(new URLSearchParams(`scene=counsellor&log=${log}`));
      expect((await app.run('status', {})).warnings).toContain('log_fault');
      expect(await app.run('sync', {})).toMatchObject({ end: 'log_fault', destroyed: 0 });
      return app.run('log_recheck', {});
    };
    await expect(rechecked('broken')).rejects.toMatchObject({ code: 'log_still_faulty' });
    expect((await rechecked('whole')).warnings).not.toContain('log_fault');
    expect((await app.run('sync', {})).end).not.toBe('log_fault');
  });

  test('nobody answers first and is informed later; a form that was begun goes on after a lock', async () => {
    unit = await add('A', '123A000001');
    const whose = { unit: unit.unit, member: unit.members[0]!.member };
    const answer = (question: 'german_nationality' | 'born_outside') => app.run('form_answer', { ...whose, question, answer: 'yes' });
    await expect(answer('german_nationality')).rejects.toMatchObject({ code: 'not_informed' });
    await app.run('unit_informed', whose);
    await answer('german_nationality');
    const status = await app.run('lock', {});
    await app.run('unlock', { user: status.users[0]!.user, passphrase: 'korrekt pferd batterie' });
    expect((await app.run('unit_open', { unit: unit.unit })).informed).toBe(false);
    expect((await answer('born_outside')).state).toBe('started');
  });

  test('locked, it tells nothing; to other roles neither', async () => {
    await expect(app.run('queue', {})).rejects.toMatchObject({ code: 'not_your_role' });
    expect((await app.run('lock', {})).counts).toMatchObject({ drafts: 0, mig_due: 0 });
    await expect(app.run('unit_open', { unit: unit.unit })).rejects.toMatchObject({ code: 'locked' });
  });

  test('back leads to the question asked before, past what does not apply', async () => {
    unit = await add('A', '123A000001');
    const whose = { unit: unit.unit, member: unit.members[0]!.member };
    await app.run('unit_informed', whose);
    let form = await app.run('form_open', whose);
    expect(questionBefore(form)).toBeUndefined();
    for (const answer of ['yes', 'no', 'no'] as const) form = await app.run('form_answer', { ...whose, question: form.current!, answer });
    expect([form.current, questionBefore(form)]).toEqual(['mother_born_outside', 'resettler']);
    form = await app.run('form_go_to', { ...whose, question: 'resettler' });
    expect(questionBefore(form)).toBe('born_outside');
    expect(unaskedBecause(form, form.questions[2]!)).toBe('does_not_apply');
  });
});
