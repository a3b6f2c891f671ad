import { describe, expect, it } from 'vitest';

import { changesSince } from '../../src/lib/versions';

const VERSIONS = [
  { version: 1, changes: [] },
  { version: 2, changes: ['Frage 3 ist klarer.'] },
  { version: 3, changes: ['Die Hilfe ist kürzer.', 'Neue Reihenfolge.'] },
];

describe('what changed since a form was begun', () => {
  it('names every later change, in order', () => {
    expect(changesSince(VERSIONS, 1)).toEqual(['Frage 3 ist klarer.', 'Die Hilfe ist kürzer.', 'Neue Reihenfolge.']);
    expect(changesSince(VERSIONS, 2)).toEqual(['Die Hilfe ist kürzer.', 'Neue Reihenfolge.']);
  });

  it('has nothing to say of a form in the current version', () => {
    expect(changesSince(VERSIONS, 3)).toEqual([]);
  });
});
