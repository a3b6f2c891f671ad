import type { FormView } from './bindings';

/** What the bar above a form has to know about it. */
class Sitting {
  /** The form on the screen; null on all other screens. */
  form = $state.raw<FormView | null>(null);
}

/** The one form on the screen. */
export const sitting = new Sitting();
