import { app } from './app.svelte';
import type { AnswerKey, FormView, MemberRef, ParentKey, QuestionKey } from './bindings';
import { CommandFailed } from './platform/platform';

/** One person's form on the screen and the steps it can take, the same on both sides of the table. */
export class OpenForm {
  /** The form as last told; null until it is opened. */
  view = $state.raw<FormView | null>(null);

  readonly #whose: MemberRef;
  readonly #inform: () => void;
  #busy = false;

  /** `inform` leads to the customer information: after a lock in between, somebody may come back to a form that was not begun. */
  constructor({ unit, member }: MemberRef, inform: () => void) {
    this.#whose = { unit, member };
    this.#inform = inform;
  }

  open = () => this.#step(() => app.run('form_open', this.#whose));
  answer = (question: QuestionKey, answer: AnswerKey) => this.#step(() => app.run('form_answer', { ...this.#whose, question, answer }));
  /** To a question, or with null to the check. */
  goTo = (question: QuestionKey | null) => this.#step(() => app.run('form_go_to', { ...this.#whose, question }));
  refuse = () => this.#step(() => app.run('form_refuse', this.#whose));
  undoRefusal = () => this.#step(() => app.run('form_undo_refusal', this.#whose));
  check = () => this.#step(() => app.run('form_check', this.#whose));
  /** A parent at the table lets their own answers be taken for the two questions about them. */
  takeParent = (parent: string, as_parent: ParentKey) => this.#step(() => app.run('form_take_parent', { ...this.#whose, parent, as_parent }));

  /** Answers on the check without leaving it. */
  correct = (question: QuestionKey, answer: AnswerKey) =>
    this.#step(async () => {
      await app.run('form_answer', { ...this.#whose, question, answer });
      return app.run('form_go_to', { ...this.#whose, question: null });
    });

  /** Runs one step; a second one meanwhile is ignored, so that a double tap answers once. */
  async #step(action: () => Promise<FormView>) {
    if (this.#busy) return;
    this.#busy = true;
    const next = await app.attempt(() => action().catch((thrown: unknown) => this.#informFirst(thrown)));
    if (next) this.view = next;
    this.#busy = false;
  }

  #informFirst(thrown: unknown): undefined {
    if (CommandFailed.from(thrown).code !== 'not_informed') throw thrown;
    this.#inform();
  }
}
