import { de } from './de';

/** The shape of every catalogue: the German one decides. Another language `satisfies Catalogue`. */
export type Catalogue = typeof de;

/** The texts of the app. The words of the questionnaire are not here: other people sign them off, and they come from the app. */
export let t: Catalogue = de;

/** Another catalogue, before anything is shown: the page takes its language and direction. */
export function speak(catalogue: Catalogue) {
  t = catalogue;
  document.documentElement.lang = catalogue.language;
  document.documentElement.dir = catalogue.direction;
}
