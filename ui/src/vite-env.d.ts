declare module 'virtual:wording' {
  /** `crates/questionnaire/wording/v1/de.toml`, read when the page is built. */
  const wording: import('./lib/wording').Wording;
  export default wording;
}
