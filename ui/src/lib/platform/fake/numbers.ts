import type { TypedNumber } from '../../bindings';
import { CommandFailed } from '../platform';

const PATTERNS = {
  customer: { pattern: /^\d{3}[A-Z]\d{6}$/, length: 10, expected: '999A999999' },
  unit: { pattern: /^\d{5}BG\d{7}$/, length: 14, expected: '99999BG9999999' },
};

/** A number typed twice, in the one way it is written; null if both fields are empty. */
export function typedTwice(kind: keyof typeof PATTERNS, typed: TypedNumber): string | null {
  if (!typed.first.trim() && !typed.again.trim()) return null;
  const number = normalised(kind, typed.first);
  const { pattern, length, expected } = PATTERNS[kind];
  if (!pattern.test(number)) {
    const reason = number.length < length ? 'too_short' : number.length > length ? 'too_long' : 'unexpected_character';
    throw new CommandFailed('number_invalid', { kind, expected, reason });
  }
  if (normalised(kind, typed.again) !== number) throw new CommandFailed('numbers_differ');
  return number;
}

function normalised(kind: keyof typeof PATTERNS, text: string): string {
  const plain = text.replaceAll(/\s/g, '').toUpperCase();
  return kind === 'unit' ? plain.replace('//', 'BG') : plain;
}
