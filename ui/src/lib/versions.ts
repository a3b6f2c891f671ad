import type { VersionRow } from './bindings';

/** What a form of this version does not have yet, oldest first; empty in the current one. */
export function changesSince(versions: VersionRow[], version: number): string[] {
  return versions.filter((row) => row.version > version).flatMap(({ changes }) => changes);
}
