import { app } from './app.svelte';
import type { AnswerKey, FormView, MemberRef, QuestionKey, UnitView } from './bindings';
import { OpenForm } from './openform.svelte';
import { PAPER_QUESTIONS } from './paper';
import { isAnswered } from './questions';
import type { TranscriptKey } from './transcriptkeys';

/** The row to go to from this one: the next one asked, up or down; the same where there is none. */
export function rowFrom(form: FormView, from: QuestionKey, step: 1 | -1): QuestionKey {
  const asked = form.questions.filter((state) => state.asked).map((state) => state.question);
  const here = PAPER_QUESTIONS.findIndex((row) => row.question === from);
  const ahead = step > 0 ? PAPER_QUESTIONS.slice(here + 1) : PAPER_QUESTIONS.slice(0, here).toReversed();
  return ahead.find((row) => asked.includes(row.question))?.question ?? from;
}

/** The first row on paper that is asked and not answered; undefined when the form is complete. */
export function firstOpen(form: FormView): QuestionKey | undefined {
  const open = form.questions.filter((state) => state.asked && !isAnswered(state));
  return PAPER_QUESTIONS.find((row) => open.some((state) => state.question === row.question))?.question;
}

/** A form on paper that is being typed in. What is typed faster than it is saved waits; no key is lost. */
export class Transcript {
  readonly form: OpenForm;
  /** The person's unit, once known. */
  family = $state.raw<UnitView | null>(null);
  /** The row that the keys answer. */
  row = $state<QuestionKey>(PAPER_QUESTIONS[0]?.question ?? 'german_nationality');
  /** Whether the row shown is the one that kept the form from being finished. */
  missing = $state(false);
  /** Whether the check is on the screen. */
  checking = $state(false);

  readonly #whose: MemberRef;
  #waiting: Promise<void> = Promise.resolve();
  /** Whether the sheet is remembered. */
  #noted = false;

  constructor(whose: MemberRef) {
    this.form = new OpenForm(whose, () => void this.open());
    this.#whose = { unit: whose.unit, member: whose.member };
  }

  /** Opens the form. */
  async open() {
    this.family = (await app.attempt(() => app.run('unit_open', { unit: this.#whose.unit }))) ?? null;
    await this.form.open();
    if (this.form.view) this.row = firstOpen(this.form.view) ?? this.row;
  }

  /** Does what a key says, after all keys before it. */
  press = (key: TranscriptKey): Promise<void> => (this.#waiting = this.#waiting.then(() => this.#obey(key)));

  /** Answers a row that was chosen by hand. */
  answer = (question: QuestionKey, answer: AnswerKey): Promise<void> =>
    (this.#waiting = this.#waiting.then(() => {
      // Only now: keys before it answer the row they were pressed at.
      this.row = question;
      return this.#obey({ answer });
    }));

  async #obey(key: TranscriptKey) {
    const { view } = this.form;
    if (!view || this.checking) return;
    this.missing = false;
    if (key !== 'up' && key !== 'down' && !(await this.#noteSheet())) return;
    if (key === 'refuse') await (view.refused ? this.form.undoRefusal() : this.form.refuse());
    else if (key === 'finish') await this.#finish(view);
    else if (view.refused) return;
    else if (typeof key === 'object') await this.#give(key.answer);
    else this.row = rowFrom(view, this.row, key === 'down' ? 1 : -1);
  }

  /**
   * Notes that there is a sheet, before the first thing is typed from it: whoever only looked in has none to shred. The paper carried the
   * information: it informed this person, and nobody at the table.
   */
  async #noteSheet(): Promise<boolean> {
    if (this.#noted) return true;
    return (this.#noted = (await app.attempt(() => app.run('paper_open', this.#whose))) !== undefined);
  }

  async #give(answer: AnswerKey) {
    await this.form.answer(this.row, answer);
    const { view } = this.form;
    const saved = view?.questions.find((state) => state.question === this.row)?.answer === answer;
    if (view && saved) this.row = rowFrom(view, this.row, 1);
  }

  async #finish(view: FormView) {
    const open = view.refused ? undefined : firstOpen(view);
    if (open) {
      this.row = open;
      this.missing = true;
      return;
    }
    await this.form.goTo(null);
    this.checking = true;
  }

  /** Back from the check to the rows, at this question. */
  resume(question: QuestionKey) {
    this.checking = false;
    this.row = question;
  }
}
