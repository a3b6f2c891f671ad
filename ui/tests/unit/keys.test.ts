import { beforeEach, describe, expect, test } from 'vitest';

import { confirmsEntry, questionKey } from '../../src/lib/keys';

/** A key as the window hears it, pressed on this element. */
function press(key: string, init: KeyboardEventInit = {}, on: Element = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, ...init });
  on.dispatchEvent(event);
  return event;
}

describe('the question screen', () => {
  beforeEach(() => (document.body.innerHTML = '<input><button></button><dialog><button id="in"></button></dialog>'));

  test('1, 2 and 3 are yes, no and "keine Angabe"', () => {
    expect(['1', '2', '3'].map((key) => questionKey(press(key)))).toEqual([{ answer: 'yes' }, { answer: 'no' }, { answer: 'declined' }]);
  });

  test.each(['ArrowLeft', 'Backspace'])('%s leads back', (key) => expect(questionKey(press(key))).toBe('back'));

  test.each(['0', '4', 'a', 'Enter', ' ', 'Tab', 'ArrowRight', 'Escape'])('%s does nothing', (key) => expect(questionKey(press(key))).toBeUndefined());

  test('a held key does not answer the next question too', () => expect(questionKey(press('1', { repeat: true }))).toBeUndefined());

  test.each(['ctrlKey', 'altKey', 'metaKey'])('with %s a key belongs to the system', (modifier) => expect(questionKey(press('1', { [modifier]: true }))).toBeUndefined());

  test('behind an open dialog nothing is answered, wherever the focus is', () => {
    document.querySelector('dialog')!.setAttribute('open', '');
    expect(questionKey(press('1'))).toBeUndefined();
    expect(questionKey(press('Backspace'))).toBeUndefined();
  });

  test('while something is typed or asked, keys are letters', () => {
    expect(questionKey(press('1', {}, document.querySelector('input')!))).toBeUndefined();
    expect(questionKey(press('1', {}, document.querySelector('#in')!))).toBeUndefined();
    expect(questionKey(press('1', {}, document.querySelector('button')!))).toEqual({ answer: 'yes' });
  });
});

describe('the entry view', () => {
  test('confirms with Control and Enter, once', () => {
    expect(confirmsEntry(press('Enter', { ctrlKey: true }))).toBe(true);
    expect(confirmsEntry(press('Enter', { metaKey: true }))).toBe(true);
    expect(confirmsEntry(press('Enter'))).toBe(false);
    expect(confirmsEntry(press('Enter', { ctrlKey: true, repeat: true }))).toBe(false);
  });
});
