import { describe, expect, test } from 'vitest';

import { de } from '../../src/lib/i18n/de';
import type { Catalogue } from '../../src/lib/i18n';
import { pseudo } from '../../src/lib/platform/fake/pseudo';

describe('texts as a translation would strain them', () => {
  test('are about two fifths longer, and their ends show', () => {
    const before = JSON.stringify(de.handover.ends).length;
    const text = pseudo(de.handover.lead);
    expect(text).toMatch(/^⟦.*⟧$/);
    expect(text.length / de.handover.lead.length).toBeGreaterThan(1.35);
    expect(JSON.stringify(pseudo(de.handover.ends)).length).toBeGreaterThan(before);
  });

  test('keep codes, values and places to be filled in, and grow once', () => {
    expect(pseudo(de).language).toBe('de');
    expect(pseudo(de).handover.ends.done.kind).toBe('success');
    expect(pseudo('An {controller}.')).toBe('⟦ĀĀňň {controller}.⟧');
    expect(pseudo(de.units.count)(3, 40)).toBe('⟦3 vōōňň 40⟧');
    expect(pseudo(pseudo('an'))).toBe('⟦⟦āāňň⟧⟧');
  });
});

/** What the compiler says about it is the test: `npm run check` fails if either line below were accepted. */
describe('a catalogue', () => {
  test('has every key and no other', () => {
    const { name, ...without } = de;
    // @ts-expect-error A key is missing.
    const missing: Catalogue = without;
    // @ts-expect-error A key is one too many.
    const extra = { ...de, units: { ...de.units, more: '' } } satisfies Catalogue;
    expect([name, Object.keys(missing).length, Object.keys(extra.units).length]).toEqual([de.name, Object.keys(de).length - 1, Object.keys(de.units).length + 1]);
  });
});
