import type { AnswerKey, Asking, Information, QuestionKey, WarningKey } from './bindings';

/** A text written out in the three ways of asking. */
export interface Forms<T> {
  /** To the person. */
  person: T;
  /** To a parent about a child. */
  parent: T;
  /** To a young person from 15. */
  young: T;
}

/** What a wording says about itself. */
export interface About {
  language: string;
  language_name: string;
  direction: 'ltr' | 'rtl';
  form_version: number;
  /** The German text that counts, and no translation. */
  original: boolean;
  status: string;
  reviewed_by: string;
  reviewed_on: string;
  /** What stands under every translation; empty in German. */
  notice: string;
}

/** The customer's side: the turned device. */
export interface CustomerWording {
  language: string;
  back: string;
  help: string;
  close: string;
  more_privacy: string;
  change: string;
  done: string;
  hand_back_title: string;
  hand_back: string;
  failed: string;
  not_reviewed: string;
  reviewed: string;
  check: Forms<{ title: string; text: string }>;
}

/** The form on paper. */
export interface PaperWording {
  customer_number: string;
  unit_number: string;
  only_if_yes: string;
  german_counts: string;
  return_to: string;
  no_name: string;
  destroyed: string;
  title: Forms<string>;
  instruction: Forms<string>;
  refuse_all: Forms<string>;
}

/** The shape of every file in `crates/questionnaire/wording/v1`, as the commands `wording` and `wording_in` hand it over. */
export interface Wording {
  about: About;
  introduction: Forms<{ title: string; sentences: string[]; begin: string }>;
  answers: Record<AnswerKey | 'open' | 'does_not_apply' | 'not_pressed', string>;
  refusal: Forms<{ refuse: string; refused: string; undo: string }>;
  questions: Record<QuestionKey, Forms<{ question: string; help: string; label: string }>>;
  warnings: Record<WarningKey | 'title', string>;
  unit: { refuse_with_children: string };
  customer: CustomerWording;
  privacy: { title: string; sections: { heading: string; text: string }[] };
  paper: PaperWording;
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

/** What a fill-in aid says about who looked through it, in its own language and on the calendar of this country; nothing for the text that counts. */
export function reviewOf({ about, customer }: Wording): string {
  if (about.original) return '';
  if (!about.reviewed_by) return customer.not_reviewed;
  const day = new Intl.DateTimeFormat(`${about.language}-u-ca-gregory`, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(about.reviewed_on));
  return customer.reviewed.replace('{reviewer}', about.reviewed_by).replace('{date}', day);
}

/** A text with what the office has to fill in; a place nobody filled stays an ellipsis. */
export function filled(text: string, information: Information | null): string {
  return text.replaceAll(/\{(controller|officer|authority|return_to)\}/g, (_, name: keyof Information) => information?.[name] || '…');
}
