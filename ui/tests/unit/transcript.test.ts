import { describe, expect, test } from 'vitest';

import type { FormView } from '../../src/lib/bindings';
import { PAPER_QUESTIONS, boxes } from '../../src/lib/paper';
import { FakeForm, QUESTIONS } from '../../src/lib/platform/fake/form';
import { firstOpen, rowFrom } from '../../src/lib/transcript.svelte';
import { transcriptKey } from '../../src/lib/transcriptkeys';

/** As much of a form as the rows look at. */
const view = (form: FakeForm) => ({ questions: form.questions }) as FormView;

function press(key: string, on: string, init: KeyboardEventInit = {}) {
  document.body.innerHTML = '<p></p><button></button><input type="checkbox"><input type="text"><dialog><i></i></dialog>';
  const event = new KeyboardEvent('keydown', { key, bubbles: true, ...init });
  document.querySelector(on)?.dispatchEvent(event);
  return transcriptKey(event);
}

describe('the form on paper', () => {
  test('has all eight questions, each follow-up directly below its question', () => {
    expect(PAPER_QUESTIONS.map((row) => row.question).toSorted()).toEqual([...QUESTIONS].toSorted());
    expect(PAPER_QUESTIONS.map((row) => row.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(PAPER_QUESTIONS.filter((row) => row.follows).map((row) => row.number)).toEqual([2, 4, 6, 8]);
  });

  test('has one box for each character of a number, filled or not', () => {
    expect(boxes('12A', 3)).toEqual(['1', '2', 'A']);
    expect(boxes(null, 3)).toEqual(['', '', '']);
  });
});

describe('typing a form in', () => {
  test('goes from row to row as they stand on paper, past follow-ups that are not asked', () => {
    const form = new FakeForm('to_person');
    form.answer('german_nationality', 'yes');
    expect(rowFrom(view(form), 'german_nationality', 1)).toBe('resettler');
    expect(rowFrom(view(form), 'born_outside', 1)).toBe('mother_born_outside');
    expect(rowFrom(view(form), 'mother_born_outside', -1)).toBe('born_outside');
  });

  test('stays where nothing is beyond', () => {
    const form = new FakeForm('to_person');
    expect(rowFrom(view(form), 'german_nationality', -1)).toBe('german_nationality');
    expect(rowFrom(view(form), 'father_born_outside', 1)).toBe('father_born_outside');
  });

  test('knows the first row still open', () => {
    const form = new FakeForm('to_person');
    for (const question of ['german_nationality', 'mother_born_outside', 'father_born_outside'] as const) form.answer(question, 'no');
    expect(firstOpen(view(form))).toBe('born_outside');
    form.answer('born_outside', 'declined');
    expect(firstOpen(view(form))).toBeUndefined();
  });
});

describe('the keys', () => {
  test.each([
    ['j', 'yes'], ['J', 'yes'], ['1', 'yes'], ['n', 'no'], ['2', 'no'], ['k', 'declined'], ['3', 'declined'],
  ])('%s answers %s', (key, answer) => expect(press(key, 'p')).toEqual({ answer }));

  test.each([['ArrowUp', 'up'], ['ArrowDown', 'down'], ['a', 'refuse'], ['Enter', 'finish']])('%s is %s', (key, action) => expect(press(key, 'p')).toBe(action));

  test.each(['0', '4', 'x', ' ', 'Tab', 'Escape'])('%s does nothing', (key) => expect(press(key, 'p')).toBeUndefined());

  test('Enter presses the button it stands on, and letters stay keys there', () => {
    expect(press('Enter', 'button')).toBeUndefined();
    expect(press('j', 'button')).toEqual({ answer: 'yes' });
  });

  test('a box to tick takes no letters, a field and a dialog take all', () => {
    expect(press('Enter', '[type=checkbox]')).toBe('finish');
    expect(press('j', '[type=text]')).toBeUndefined();
    expect(press('j', 'i')).toBeUndefined();
  });

  test('a held key counts once, and with Control it belongs to the system', () => {
    expect(press('j', 'p', { repeat: true })).toBeUndefined();
    expect(press('a', 'p', { ctrlKey: true })).toBeUndefined();
  });
});
