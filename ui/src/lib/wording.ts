import type { AnswerKey, Asking, QuestionKey, WarningKey } from './bindings';

/** A text written out in the three ways of asking. */
export interface Forms<T> {
  /** To the person. */
  person: T;
  /** To a parent about a child. */
  parent: T;
  /** To a young person from 15. */
  young: T;
}

/** The shape of `crates/questionnaire/wording/v1/de.toml`, as the command `wording` hands it over. */
export interface Wording {
  about: { language: string; direction: string; form_version: number; status: string; reviewed_by: string; reviewed_on: string };
  introduction: Forms<{ title: string; sentences: string[]; begin: string }>;
  answers: Record<AnswerKey | 'open' | 'does_not_apply' | 'not_pressed', string>;
  refusal: Forms<{ refuse: string; refused: string; undo: string }>;
  questions: Record<QuestionKey, Forms<{ question: string; help: string; label: string }>>;
  warnings: Record<WarningKey | 'title', string>;
}

const FORM: Record<Asking, keyof Forms<unknown>> = { to_person: 'person', to_parent: 'parent', to_young_person: 'young' };

/** A text for narrow columns: "(Spät-)Aussiedler" does not break at its hyphen, nor behind the bracket. */
export function unbroken(text: string): string {
  return text.replaceAll('-)', '\u2011)\u2060');
}

/** The text for this way of asking. */
export function asked<T>(forms: Forms<T>, asking: Asking): T {
  return forms[FORM[asking]];
}
