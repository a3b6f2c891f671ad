import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

import { fonts } from './vite/fonts.ts';
import { policy } from './vite/policy.ts';
import { wording } from './vite/wording.ts';

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [svelte(), wording(), fonts(), policy()],
  // Everything is a file of its own: the policy permits no inline fonts or scripts. No source maps: the window has no developer tools.
  build: { outDir: 'dist', assetsInlineLimit: 0, sourcemap: false, modulePreload: { polyfill: false }, target: ['safari16.4', 'chrome111'] },
  server: { port: 5173, strictPort: true },
  preview: { port: 4173, strictPort: true },
  // Unit tests run what the browser would run, not what a server would.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  test: { environment: 'jsdom', include: ['tests/unit/**/*.test.ts'], restoreMocks: true },
}));
