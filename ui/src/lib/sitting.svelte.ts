import type { FormView } from './bindings';

/** What the window knows of a sitting beside the state of the app. */
class Sitting {
  /** The form on the screen, for the bar above it; null on all other screens. */
  form = $state.raw<FormView | null>(null);

  #before: string | null = null;

  /** This user is not at the screen any more. Whose address is still in the bar is remembered, what was on the screen is not. */
  left(user: string) {
    this.#before = user;
    this.form = null;
  }

  /** Whether this user, unlocking now, is the one who sat here last: only they come back to the place where they were. */
  returns(user: string): boolean {
    return user === this.#before;
  }
}

/** The sitting at this window. */
export const sitting = new Sitting();
