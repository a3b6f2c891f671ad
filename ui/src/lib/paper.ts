import type { Asking, QuestionKey } from './bindings';
import { asked, type Wording } from './wording';

/**
 * The questions in the order in which they stand on paper: each with its follow-up directly below, because nobody is led from one to the
 * next there. Typing a form in follows the same order and the same numbers.
 */
export const ON_PAPER: readonly { question: QuestionKey; followUp: QuestionKey }[] = [
  { question: 'german_nationality', followUp: 'resettler' },
  { question: 'born_outside', followUp: 'immigrated_after_1949' },
  { question: 'mother_born_outside', followUp: 'mother_immigrated_after_1949' },
  { question: 'father_born_outside', followUp: 'father_immigrated_after_1949' },
];

/** All eight with the numbers that they have on paper. */
export const PAPER_QUESTIONS: readonly { number: number; question: QuestionKey; follows: boolean }[] = ON_PAPER.flatMap(
  ({ question, followUp }, pair) => [
    { number: 2 * pair + 1, question, follows: false },
    { number: 2 * pair + 2, question: followUp, follows: true },
  ],
);

/** How many characters a number has. */
export const LENGTHS = { customer: 10, unit: 14 } as const;

/** A number in the boxes of a form, one character each; empty boxes where there is none. */
export function boxes(number: string | null, length: number): string[] {
  return Array.from({ length }, (_, index) => number?.[index] ?? '');
}

/** Whether a question before this one on paper has the very same help. */
export function helpBefore(wording: Wording, question: QuestionKey, asking: Asking): boolean {
  const help = (of: QuestionKey) => asked(wording.questions[of], asking).help;
  const here = PAPER_QUESTIONS.findIndex((other) => other.question === question);
  return PAPER_QUESTIONS.slice(0, here).some((other) => help(other.question) === help(question));
}
