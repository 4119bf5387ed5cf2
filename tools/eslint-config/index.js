import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

/** Which of our packages each package may import: everything else of ours is refused. */
const allowedImports = {
  prototypes: [],
  losses: [],
  heads: ['prototypes', 'losses'],
  backbones: [],
  datasets: [],
  'word-embeddings': [],
  'tfjs-native': [],
  drawing: [],
};

const packageNames = Object.keys(allowedImports);

const layers = Object.entries(allowedImports).map(([name, allowed]) => ({
  files: [`packages/${name}/src/**/*.ts`],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: [
              ...packageNames.filter((other) => !allowed.includes(other)),
              'bench',
              'playground',
              'testing',
            ].flatMap((other) => [`@hyperspherical/${other}`, `@hyperspherical/${other}/*`]),
            message: `packages/${name} may import ${allowed.length > 0 ? allowed.join(' and ') : 'none of ours'}; see ARCHITECTURE.md.`,
          },
        ],
      },
    ],
  },
}));

/** The rooms of the bench, the lowest first, and which of the others each may import; `cli.ts` is the only file outside of them. */
const benchRooms = {
  records: [],
  printing: ['records'],
  experiment: ['records'],
  engine: ['records', 'printing', 'experiment'],
  report: ['records', 'printing', 'experiment'],
  watch: ['records', 'printing'],
  sweep: ['records', 'printing', 'experiment'],
  commands: ['records', 'printing', 'experiment', 'engine', 'report', 'watch', 'sweep'],
};

const benchFloors = Object.entries(benchRooms).map(([room, allowed]) => {
  const refused = Object.keys(benchRooms).filter((other) => other !== room && !allowed.includes(other));
  return {
    files: [`apps/bench/src/${room}/**/*.ts`],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(\\.\\./)+(${refused.join('|')}|cli)(/|\\.js$)`,
              message: `${room} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other room'}; see ARCHITECTURE.md.`,
            },
          ],
        },
      ],
    },
  };
});

export default tseslint.config(
  { ignores: ['**/dist/', '**/vendor/', '**/node_modules/', '**/coverage/', '**/.turbo/', '**/*.cjs'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            '*.js',
            'tools/*/*.js',
            'tools/*/src/*.js',
            'packages/*/bin/*.js',
            'packages/*/src/*/*.js',
            'apps/*/bin/*.js',
            'apps/*/test/*.js',
            'packages/*/scripts/*.js',
          ],
          maximumDefaultProjectFileMatchCount_THIS_WILL_SLOW_DOWN_LINTING: 20,
        },
      },
    },
    rules: {
      // Numeric kernels index typed arrays within bounds that they have just checked.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // `import { type A }` would still load the module.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name every export.' },
        { selector: 'ExportAllDeclaration', message: 'List the exports by name.' },
      ],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/cli.ts'],
    plugins: { jsdoc },
    rules: {
      'no-console': 'error',
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          require: { FunctionDeclaration: true, ClassDeclaration: true },
          contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration'],
        },
      ],
      'max-lines': ['warn', { max: 300 }],
    },
  },
  { files: ['**/*.config.ts', '**/*.js'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
  ...layers,
  ...benchFloors,
  prettier,
);
