import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

import svelteConfig from './svelte.config.js';

const onlyOneImporter = {
  'no-restricted-imports': [
    'error',
    { patterns: [{ group: ['@tauri-apps/*'], message: 'Only src/lib/platform/tauri.ts talks to Tauri; everything else goes through the Platform.' }] },
  ],
};

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'test-results/', 'src/lib/bindings.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } } },
  {
    rules: {
      ...onlyOneImporter,
      'no-console': 'error',
      'no-alert': 'error',
      eqeqeq: 'error',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-inline-styles': 'error',
      // Links are hashes of our own router, which has no base path to resolve.
      'svelte/no-navigation-without-resolve': 'off',
      'no-restricted-globals': ['error', 'localStorage', 'sessionStorage', 'indexedDB'],
    },
  },
  { files: ['src/lib/platform/tauri.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['tests/browser/**', 'vite/**'], rules: { 'no-console': 'off' } },
);
