import { app } from './app.svelte';
import type { Wording } from './wording';

/**
 * In which language each unit's customers read in this sitting. In memory only, and forgotten when the app locks: a language is nobody's
 * business but the reader's, and the next member of the family starts in it.
 */
class Languages {
  /** The wording of the language chosen last, by unit. */
  #chosen = $state.raw<Record<string, Wording>>({});
  /** Who has read the introduction on the turned device. */
  #introduced = new Set<string>();

  /** What this unit reads; undefined until somebody chose. */
  of(unit: string): Wording | undefined {
    return this.#chosen[unit];
  }

  /** Chooses a language by its BCP 47 tag. */
  async choose(unit: string, language: string) {
    const wording = language === app.wording.about.language ? app.wording : ((await app.run('wording_in', { language })).wording as Wording);
    this.#chosen = { ...this.#chosen, [unit]: wording };
  }

  /** Whether this person has read the introduction on the turned device. */
  hasIntroduced(member: string): boolean {
    return this.#introduced.has(member);
  }

  /** This person has read the introduction. */
  introduced(member: string) {
    this.#introduced.add(member);
  }

  /** Forgets everything: the sitting is over. */
  forget() {
    this.#chosen = {};
    this.#introduced.clear();
  }
}

/** The languages of this sitting. */
export const languages = new Languages();
