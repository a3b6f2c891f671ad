import wording, { translations } from 'virtual:wording';
import { describe, expect, test } from 'vitest';

import type { ErrorCode, SyncEnd } from '../../src/lib/bindings';
import { t } from '../../src/lib/i18n';
import { plural } from '../../src/lib/i18n/plural';
import { asked, reviewOf, unbroken } from '../../src/lib/wording';

/** All texts of a tree, functions called with plausible values. */
function texts(tree: unknown): string[] {
  if (typeof tree === 'string') return [tree];
  if (typeof tree === 'function') return texts(tree.length === 2 ? tree('2', '3') : tree('2'));
  return tree && typeof tree === 'object' ? Object.values(tree).flatMap(texts) : [];
}

describe('the German catalogue', () => {
  const { errors, ...rest } = t;

  test('has no empty text and no straight quotation mark', () => {
    for (const text of texts(rest)) {
      expect(text.trim()).not.toBe('');
      expect(text).not.toMatch(/"/);
    }
  });

  test.each(Object.keys(errors) as ErrorCode[])('%s says what happened, what became of the data, and what to do', (code) => {
    for (const sentence of Object.values(errors[code]({}))) expect(sentence).toMatch(/^[A-ZÄÖÜ].*[.?]$/);
  });

  test('counts as people do', () => {
    expect(plural('de', 1, 'Bogen', 'Bögen')).toBe('1 Bogen');
    expect(plural('de', 0, 'Bogen', 'Bögen')).toBe('0 Bögen');
    expect(plural('de', 1200, 'Bogen', 'Bögen')).toBe('1.200 Bögen');
    expect(t.safety.sealed(1)).toBe('1 Bogen liegt versiegelt auf diesem Gerät');
    expect(t.safety.sealed(2)).toBe('2 Bögen liegen versiegelt auf diesem Gerät');
  });

  test('tells the wait after a wrong passphrase', () => {
    expect(errors.wrong_passphrase({ wait_seconds: '8' }).todo).toContain('8 Sekunden');
    expect(errors.too_soon({ wait_seconds: '300' }).todo).toContain('5 Minuten');
  });

  test('nothing is lost where the delivery ends early', () => {
    const early: SyncEnd[] = ['unreachable', 'not_our_endpoint', 'refused', 'log_fault', 'busy'];
    for (const end of early) expect(t.handover.ends[end].title).toMatch(/sicher auf diesem Gerät|[Nn]ichts (wurde )?(mehr|vernichtet)/);
  });

  test('never calls the answers anonymous, and sorts nobody', () => {
    expect(texts(rest).join(' ')).not.toMatch(/anonym|Migrationshintergrund|Ausländer|Herkunft/i);
  });
});

describe('the wording', () => {
  test('is asked in three ways', () => {
    const question = wording.questions.german_nationality;
    expect(asked(question, 'to_person').question).toMatch(/^Besitzen Sie/);
    expect(asked(question, 'to_parent').question).toMatch(/^Besitzt Ihr Kind/);
    expect(asked(wording.introduction, 'to_young_person').sentences[0]).toMatch(/^Sie entscheiden selbst/);
  });

  test('says who reviewed a translation and when, in its own language; the text that counts says nothing', () => {
    const turkish = translations.find(({ about }) => about.language === 'tr')!;
    const reviewed = { ...turkish, about: { ...turkish.about, reviewed_by: 'Deniz Aksoy', reviewed_on: '2026-02-09' } };
    expect(reviewOf(turkish)).toMatch(/kontrol edilmedi$/);
    expect(reviewOf(reviewed)).toMatch(/kontrol: Deniz Aksoy, 9 Şubat 2026$/);
    expect(reviewOf(wording)).toBe('');
    for (const other of translations) expect(reviewOf({ ...other, about: { ...other.about, reviewed_by: 'D. A.', reviewed_on: '2026-02-09' } })).toMatch(/D\. A\..*(2026|۲۰۲۶|٢٠٢٦)/);
  });

  test('does not break inside a bracketed prefix', () => {
    const label = unbroken(wording.questions.resettler.person.label);
    expect(label).toContain('(Spät\u2011)\u2060Aussiedler');
    expect(label).not.toContain('-)');
  });
});
