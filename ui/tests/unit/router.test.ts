import { describe, expect, test } from 'vitest';

import { href, parse, type Route } from '../../src/lib/routes';

const ROUTES: Route[] = [
  { view: 'home' },
  { view: 'units' },
  { view: 'unit_new' },
  { view: 'unit', unit: 'a1' },
  { view: 'member', unit: 'a1', member: null },
  { view: 'member', unit: 'a1', member: 'b2' },
  { view: 'introduction', unit: 'a1', member: 'b2' },
  { view: 'privacy_beside', unit: 'a1', member: 'b2' },
  { view: 'form', unit: 'a1', member: 'b2' },
  { view: 'paper_for', unit: 'a1', member: 'b2' },
  { view: 'transcribe', unit: 'a1', member: 'b2' },
  { view: 'shred', unit: 'a1', member: 'b2' },
  { view: 'finalise', unit: 'a1' },
  { view: 'handover' },
  { view: 'mig' },
  { view: 'closing' },
  { view: 'ledger' },
  { view: 'ledger_print' },
  { view: 'papers' },
  { view: 'change' },
  { view: 'queue' },
  { view: 'entry', record: 'c3' },
  { view: 'distribute' },
  { view: 'office' },
  { view: 'invite' },
  { view: 'paper' },
  { view: 'privacy' },
  { view: 'settings' },
  { view: 'help' },
];

describe('routes', () => {
  test.each(ROUTES)('$view has one address that leads back to it', (route) => {
    expect(parse(href(route))).toEqual(route);
  });

  test('every place has an address of its own', () => {
    expect(new Set(ROUTES.map(href)).size).toBe(ROUTES.length);
  });

  test.each(['', '#', '#/', '#/nowhere', '#/erfassen/a/b', '#//evil', '#/bg'])('"%s" leads home', (address) => {
    expect(parse(address)).toEqual({ view: 'home' });
  });

  test('a damaged address inside a unit leads to the unit', () => {
    expect(parse('#/bg/a1/bogen')).toEqual({ view: 'unit', unit: 'a1' });
  });
});
