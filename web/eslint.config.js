/** What tsc can't see: the layers (imports go down only), the house's habits, and accessibility of markup. */
import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y-x';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** The layers from the top down; those on one line are neighbours that don't know each other. */
const LAYERS = [['app'], ['viewer', 'admin'], ['player', 'session'], ['forms'], ['ui', 'api'], ['language']];
/** Rooms of the viewer: sealed from each other, so that deleting one removes one feature. */
const VIEWER_ROOMS = ['account', 'home', 'library', 'search', 'show', 'watch'];
/** What the admin's rooms stand on; every other folder of it is a room, sealed as well. */
const ADMIN_FLOOR = ['kit', 'shell', 'shows'];
const ADMIN_ROOMS = readdirSync(new URL('src/admin', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !ADMIN_FLOOR.includes(entry.name))
  .map((entry) => entry.name);

const forbidden = (names, message) => ({
  '@typescript-eslint/no-restricted-imports': [
    'error',
    { patterns: [{ regex: `^(\\.\\./)+(${names.join('|')})/`, message }] },
  ],
});

const layerRules = LAYERS.flatMap((floor, depth) =>
  floor.map((layer) => {
    const above = LAYERS.slice(0, depth).flat();
    const beside = floor.filter((neighbour) => neighbour !== layer);
    return {
      files: [`src/${layer}/**/*.{ts,tsx}`],
      rules: forbidden(
        [...above, ...beside, 'nothing-above'],
        'Imports go down: see LAYERS in eslint.config.js.',
      ),
    };
  }),
);

const roomRules = (client, otherClient, rooms) =>
  rooms.map((room) => ({
    files: [`src/${client}/${room}/**/*.{ts,tsx}`],
    rules: forbidden(
      ['app', otherClient, ...rooms.filter((other) => other !== room)],
      'A room of a client never imports a neighbour.',
    ),
  }));

const floorRules = ADMIN_FLOOR.map((part) => ({
  files: [`src/admin/${part}/**/*.{ts,tsx}`],
  rules: forbidden(['app', 'viewer', ...ADMIN_ROOMS], 'What rooms stand on knows none of them.'),
}));

export default defineConfig(
  globalIgnores(['dist', 'src/api/schema.d.ts']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [
      ...tseslint.configs.strictTypeChecked,
      ...tseslint.configs.stylisticTypeChecked,
      hooks.configs.flat['recommended-latest'],
      a11y.configs.strict,
    ],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 90, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'A name is found by searching; a default export has none.',
        },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from where it stands.' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: ['**/*.js'], languageOptions: { globals: globals.node } },
  // The tools' own contract asks for a default export here.
  { files: ['*.config.{ts,js}'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/*.test.{ts,tsx}'], rules: { 'max-lines-per-function': 'off' } },
  ...layerRules,
  ...roomRules('viewer', 'admin', VIEWER_ROOMS),
  ...roomRules('admin', 'viewer', ADMIN_ROOMS),
  ...floorRules,
);
