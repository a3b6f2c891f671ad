import type { Platform } from './platform';
import { tauri } from './tauri';

/** The app when there is one behind the page, otherwise the stand-in, whose code is then loaded for the first time. */
export async function choosePlatform(page: Window): Promise<Platform> {
  if ('__TAURI_INTERNALS__' in page) return tauri;
  const { FakePlatform, speakAs } = await import('./fake');
  const query = new URLSearchParams(page.location.search);
  speakAs(query);
  return new FakePlatform(query);
}
