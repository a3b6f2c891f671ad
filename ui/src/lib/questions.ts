import type { AnswerKey, FormView, QuestionKey, QuestionState, UnitView } from './bindings';
import { t } from './i18n';

/** The answers in the order in which they always stand on the screen, and under the keys 1 to 3. */
export const ANSWERS: readonly AnswerKey[] = ['yes', 'no', 'declined'];

/** The first question that a follow-up depends on. */
const FOLLOWS: Partial<Record<QuestionKey, QuestionKey>> = {
  immigrated_after_1949: 'born_outside',
  resettler: 'german_nationality',
  mother_immigrated_after_1949: 'mother_born_outside',
  father_immigrated_after_1949: 'father_born_outside',
};

/** The question asked before this one; undefined at the first. Before the check comes the last question asked. */
export function questionBefore(form: FormView): QuestionKey | undefined {
  const here = form.questions.findIndex((state) => state.question === form.current);
  const back = (state: QuestionState) => state.asked && !followsTaken(state);
  return form.questions.slice(0, here < 0 ? undefined : here).findLast(back)?.question;
}

/** Whether nothing is left to say here: answered, or taken from the parent's own form. */
export function isAnswered(state: QuestionState): boolean {
  return state.taken || state.answer !== null;
}

/** A follow-up whose answer was taken: nobody is told whether it was put, so one changes the question before it. */
export function followsTaken(state: QuestionState): boolean {
  return state.taken && state.question in FOLLOWS;
}

/** What stands in place of an answer that is not asked for: it does not apply after no, and is not pressed for after "keine Angabe". */
export function unaskedBecause(form: FormView, state: QuestionState): 'does_not_apply' | 'not_pressed' | 'open' {
  const first = form.questions.find((other) => other.question === FOLLOWS[state.question]);
  if (first?.answer === 'no') return 'does_not_apply';
  return first?.answer === 'declined' ? 'not_pressed' : 'open';
}

/** What a person is called in their unit: the label, or their place among the members. */
export function labelIn(unit: UnitView, member: string): string {
  const place = unit.members.findIndex((card) => card.member === member);
  return unit.members[place]?.label || t.unit.unnamed(place + 1);
}
