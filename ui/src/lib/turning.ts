import { app } from './app.svelte';
import type { MemberRef } from './bindings';

/** Hands the screen to the customer for this person's form. The code is the one chosen before, unless one is given. */
export async function turnOver(whose: MemberRef, code: string | null = null) {
  await app.attempt(async () => {
    app.status = await app.run('turn', { ...whose, code });
  });
}
