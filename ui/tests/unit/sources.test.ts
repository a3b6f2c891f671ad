import { describe, expect, test } from 'vitest';

const sources = import.meta.glob('../../src/**/*.{css,svelte,ts}', { query: '?raw', import: 'default', eager: true }) as Record<string, string>;
const entries = Object.entries(sources).filter(([path]) => !path.endsWith('bindings.ts'));

describe('what holds for every source file', () => {
  test('there are sources to look at', () => expect(entries.length).toBeGreaterThan(60));

  test.each(entries.filter(([path]) => !path.endsWith('.ts')))('%s has no left and right, so that right-to-left languages work', (_, text) => {
    expect(text.replaceAll(/\/\*[^]*?\*\//g, '')).not.toMatch(/(margin|padding|border|inset)-(left|right|top|bottom)|text-align:\s*(left|right)|^\s*(left|right|top|bottom|width|height):/m);
  });

  test.each(entries)('%s keeps nothing in the web view', (_, text) => {
    expect(text).not.toMatch(/localStorage|sessionStorage|indexedDB|document\.cookie|https?:\/\/(?!bogen\.jobcenter\.example)/);
  });

  test.each(entries.filter(([path]) => !path.endsWith('platform/tauri.ts')))('%s does not talk to Tauri', (_, text) => {
    expect(text).not.toMatch(/from '@tauri-apps|import\('@tauri-apps/);
  });
});
