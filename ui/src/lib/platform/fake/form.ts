import type { AnswerKey, Asking, MemberState, ParentKey, QuestionKey, QuestionState, WarningKey } from '../../bindings';

/** The eight questions in the order of the form. */
export const QUESTIONS: readonly QuestionKey[] = [
  'german_nationality',
  'born_outside',
  'immigrated_after_1949',
  'resettler',
  'mother_born_outside',
  'mother_immigrated_after_1949',
  'father_born_outside',
  'father_immigrated_after_1949',
];

const FOLLOWS: Partial<Record<QuestionKey, QuestionKey>> = {
  immigrated_after_1949: 'born_outside',
  resettler: 'german_nationality',
  mother_immigrated_after_1949: 'mother_born_outside',
  father_immigrated_after_1949: 'father_born_outside',
};

/** Whom a child's question is about. */
function parentIn(question: QuestionKey): ParentKey | undefined {
  const [first] = question.split('_');
  return first === 'mother' || first === 'father' ? first : undefined;
}

/** The form of one person, with the rules of `crates/questionnaire`: a follow-up only after yes, nothing pressed for after "keine Angabe". */
export class FakeForm {
  given = new Map<QuestionKey, AnswerKey>();
  refused = false;
  /** Whose own answers were taken, for each parent. */
  taken: Partial<Record<ParentKey, string>> = {};
  checked = false;
  /** The question on the screen; null is the check. */
  position: QuestionKey | null = 'german_nationality';

  constructor(public asking: Asking) {}

  /** Whether the question is put as things stand. */
  asked(question: QuestionKey): boolean {
    const first = FOLLOWS[question];
    return !this.refused && (first === undefined || this.given.get(first) === 'yes');
  }

  /** The answer that counts; undefined while open. */
  effective(question: QuestionKey): AnswerKey | undefined {
    if (this.refused) return 'declined';
    const first = FOLLOWS[question];
    const before = first && this.given.get(first);
    return first === undefined || before === 'yes' ? this.given.get(question) : before;
  }

  /** Whoever answers anew answers for the child: what was taken goes from both questions. */
  forgetTaken(question: QuestionKey) {
    const parent = parentIn(question);
    if (!parent || !this.taken[parent]) return;
    this.given.delete(`${parent}_born_outside`);
    this.given.delete(`${parent}_immigrated_after_1949`);
    delete this.taken[parent];
  }

  answer(question: QuestionKey, answer: AnswerKey | null) {
    if (this.given.get(question) !== (answer ?? undefined)) this.checked = false;
    if (answer === null) {
      this.given.delete(question);
      this.position = question;
      return;
    }
    this.given.set(question, answer);
    this.position = this.nextOpen(question) ?? this.nextOpen(null) ?? null;
  }

  /** Declines everything. There is nothing in it to look through, so it is checked at once. */
  refuse() {
    this.refused = true;
    this.checked = true;
  }

  /** The first open question behind `after`, or of the whole form. */
  nextOpen(after: QuestionKey | null): QuestionKey | undefined {
    const from = after === null ? 0 : QUESTIONS.indexOf(after) + 1;
    return QUESTIONS.slice(from).find((question) => this.asked(question) && !this.given.has(question));
  }

  get complete(): boolean {
    return this.nextOpen(null) === undefined;
  }

  get state(): MemberState {
    if (this.checked) return 'checked';
    if (this.complete) return 'complete';
    return this.given.size > 0 || this.refused ? 'started' : 'open';
  }

  get current(): QuestionKey | null {
    return this.refused ? null : this.position;
  }

  get questions(): QuestionState[] {
    return QUESTIONS.map((question) => {
      const parent = parentIn(question);
      if (parent && this.taken[parent]) return { question, asked: true, answer: null, taken: true };
      const asked = this.asked(question);
      return { question, asked, answer: asked ? (this.given.get(question) ?? null) : null, taken: false };
    });
  }

  /** The last answer before the present question. */
  get last(): QuestionKey | null {
    const here = this.current === null ? QUESTIONS.length : QUESTIONS.indexOf(this.current);
    return this.questions.slice(0, here).findLast((state) => state.answer !== null || (state.taken && !(state.question in FOLLOWS)))?.question ?? null;
  }

  get warnings(): WarningKey[] {
    if (this.effective('resettler') !== 'yes') return [];
    if (this.effective('born_outside') === 'no') return ['resettler_born_inside'];
    return this.effective('born_outside') === 'yes' && this.effective('immigrated_after_1949') === 'no' ? ['resettler_came_before_1950'] : [];
  }
}

/** A ∧ B in three values: no if either is no, yes if both are yes, else declined. */
export function both(a: AnswerKey, b: AnswerKey): AnswerKey {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'yes' && b === 'yes' ? 'yes' : 'declined';
}

/** A ∨ B in three values: yes if either is yes, no if both are no, else declined. */
export function either(a: AnswerKey, b: AnswerKey): AnswerKey {
  if (a === 'yes' || b === 'yes') return 'yes';
  return a === 'no' && b === 'no' ? 'no' : 'declined';
}

/** The four characteristics of § 4 Abs. 1 MighEV from eight answers in the order of the form. */
export function characteristics(answers: AnswerKey[]): AnswerKey[] {
  const [german, born, came, resettler, motherBorn, motherCame, fatherBorn, fatherCame] = answers as [
    AnswerKey, AnswerKey, AnswerKey, AnswerKey, AnswerKey, AnswerKey, AnswerKey, AnswerKey,
  ];
  return [german, both(born, came), resettler, either(both(motherBorn, motherCame), both(fatherBorn, fatherCame))];
}
