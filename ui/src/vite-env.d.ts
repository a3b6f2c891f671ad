declare module 'virtual:wording' {
  type Wording = import('./lib/wording').Wording;
  /** `crates/questionnaire/wording/v1/de.toml`, read when the page is built. */
  const wording: Wording;
  export default wording;
  /** The files beside it, in the order in which the languages are offered. */
  export const translations: Wording[];
}
