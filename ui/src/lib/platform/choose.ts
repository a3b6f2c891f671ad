import type { Platform } from './platform';

/** The app when there is one behind the page, otherwise the stand-in, whose code is then loaded for the first time. */
export async function choosePlatform(page: Window): Promise<Platform> {
  if ('__TAURI_INTERNALS__' in page) return (await import('./tauri')).tauri;
  const { FakePlatform, speakAs } = await import('./fake');
  const query = new URLSearchParams(page.location.search);
  speakAs(query);
  return new FakePlatform(query);
}
