// Type-checked lint for all of the code, and the dependency direction of docs/architecture.md as a table:
// each library lists the only @lastref packages it may import; pure libraries may also not touch clock, environment or I/O.
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import prettier from 'eslint-config-prettier';

/** @type {Readonly<Record<string, readonly string[]>>} */
const MAY_IMPORT = {
  'libs/kernel': [],
  'libs/authoring': ['kernel'],
  'libs/frontend-c': ['kernel', 'authoring'],
  'libs/exploration': ['kernel'],
  'libs/shrinking': ['kernel', 'exploration'],
  'libs/reporting': ['kernel'],
  'libs/literature': ['authoring'],
  'libs/scenarios': ['authoring', 'literature'],
  'libs/judging': ['kernel', 'exploration', 'scenarios'],
  'libs/bench': ['kernel', 'exploration', 'shrinking', 'literature', 'scenarios', 'threads'],
  'libs/threads': [],
  'libs/contracts': [],
  'libs/storage': ['contracts'],
  'libs/queue': ['contracts'],
  'libs/tracing': [],
  'apps/control-plane': [
    'kernel',
    'exploration',
    'reporting',
    'scenarios',
    'judging',
    'threads',
    'contracts',
    'storage',
    'queue',
    'tracing',
  ],
  'apps/worker': [
    'kernel',
    'exploration',
    'shrinking',
    'reporting',
    'scenarios',
    'threads',
    'contracts',
    'storage',
    'queue',
    'tracing',
  ],
  'apps/cli': [
    'kernel',
    'authoring',
    'frontend-c',
    'exploration',
    'shrinking',
    'reporting',
    'scenarios',
    'judging',
    'bench',
    'threads',
    'contracts',
    'storage',
  ],
};
const PURE = [
  'kernel',
  'authoring',
  'frontend-c',
  'exploration',
  'shrinking',
  'reporting',
  'literature',
  'scenarios',
  'judging',
];
const pureFiles = PURE.map((name) => `libs/${name}/src/**/*.ts`);

/** @param {[place: string, allowed: readonly string[]]} entry */
const boundary = ([place, allowed]) => {
  const everything = Object.keys(MAY_IMPORT).map((key) => key.split('/')[1]);
  const forbidden = everything.filter((name) => name !== undefined && !allowed.includes(name));
  const patterns = [
    {
      regex: '^@lastref/[^/]+/',
      message: 'Import a library by its name only, never a file inside it.',
    },
    {
      regex: '(^|/)(libs|apps)/',
      message: 'Import a library by its @lastref name, not by a path.',
    },
  ];
  if (forbidden.length > 0) {
    patterns.push({
      regex: `^@lastref/(${forbidden.join('|')})$`,
      message: `${place} may import only: ${allowed.join(', ') || 'no other library'}.`,
    });
  }
  const pure = {
    regex: '^(node:|@nestjs/|@prisma/|bullmq|ioredis|pg$|fs$|path$|crypto$|os$)',
    message: 'Engine libraries are pure: no Nest, Prisma, queue or Node module.',
  };
  /** @param {{ regex: string, message: string }[]} list @returns {import('eslint').Linter.RulesRecord} */
  const rule = (list) => ({ 'no-restricted-imports': ['error', { patterns: list }] });
  const isPure = PURE.some((name) => place === `libs/${name}`);
  return [
    {
      files: [`${place}/src/**/*.ts`],
      ignores: ['**/*.spec.ts'],
      rules: rule(isPure ? [...patterns, pure] : patterns),
    },
    {
      files: [`${place}/src/**/*.spec.ts`],
      // Their specs prove what they make.
      rules: ['libs/scenarios', 'libs/frontend-c'].includes(place) ? {} : rule(patterns),
    },
  ];
};

/** Everything that has types, those of JSDoc included. */
const CHECKED = ['**/*.ts', '**/*.mjs'];

export default defineConfig(
  { ignores: ['**/dist/', '**/generated/', 'node_modules/', '.nx/', 'coverage/', '**/*.cjs'] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: CHECKED })),
  {
    files: CHECKED,
    languageOptions: { parserOptions: { project: './tsconfig.check.json' } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // Const enums name the numbers of typed arrays, which hold plain numbers.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-extraneous-class': [
        'error',
        { allowWithDecorator: true, allowStaticOnly: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Generated: a case for each operation.
    files: ['libs/kernel/src/primitives/dispatch.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // Tools run before anything is installed or built, so they are JavaScript with types in JSDoc, which the first rule does not
    // read (the compiler's noImplicitAny does); and the terminal is what they speak to.
    files: ['**/*.mjs'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off', 'no-console': 'off' },
  },
  ...Object.entries(MAY_IMPORT).flatMap(boundary),
  {
    files: pureFiles,
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        'Date',
        'process',
        'setTimeout',
        'setInterval',
        'performance',
        'fetch',
        'console',
        'require',
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: 'Engine libraries draw from the seed only.',
        },
        {
          selector:
            'FunctionDeclaration[async=true], ArrowFunctionExpression[async=true], MethodDefinition > FunctionExpression[async=true]',
          message: 'Engine libraries are synchronous.',
        },
      ],
    },
  },
  {
    // Rows of the code table are plain numbers; validation has put only operation numbers into their first word.
    files: ['libs/kernel/src/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-enum-assignment': 'off' },
  },
  prettier,
);
