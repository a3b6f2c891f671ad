declare module 'virtual:wording' {
  import type { Wording } from './lib/wording';

  /** `crates/questionnaire/wording/v1/de.toml`, read when the page is built. */
  const wording: Wording;
  export default wording;
}
