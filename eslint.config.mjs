import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Who may know whom. A project without a tag that is named here may import nothing of ours. */
const boundaries = [
  { sourceTag: 'type:contract', onlyDependOnLibsWithTags: [], allowedExternalImports: ['zod', 'fast-check'] },
  {
    sourceTag: 'type:core',
    onlyDependOnLibsWithTags: ['type:contract'],
    allowedExternalImports: ['fast-check'],
  },
  {
    sourceTag: 'type:calendar',
    onlyDependOnLibsWithTags: ['type:contract'],
    allowedExternalImports: ['temporal-polyfill', 'zod', 'fast-check'],
  },
  {
    sourceTag: 'type:statistics',
    onlyDependOnLibsWithTags: ['type:calendar'],
    allowedExternalImports: ['fast-check'],
  },
  {
    sourceTag: 'type:content',
    onlyDependOnLibsWithTags: ['type:contract', 'type:core', 'type:calendar'],
    allowedExternalImports: [
      'yaml',
      'zod',
      'ajv',
      'fastest-levenshtein',
      'fast-check',
      '@orama/stemmers*',
      '@orama/stemmers/*',
      'an-array-of-*-words',
    ],
  },
  /* What runs in a browser: it asks our API, and knows nothing else of ours. */
  {
    sourceTag: 'type:page',
    onlyDependOnLibsWithTags: ['type:page'],
    /* The compiler is for specs: what a browser gets has a limit that it would burst. */
    allowedExternalImports: ['preact', 'preact/*', 'd3-scale', 'd3-shape', 'fast-check', 'typescript'],
  },
  { sourceTag: 'type:infra', onlyDependOnLibsWithTags: ['type:infra'], bannedExternalImports: ['twilio'] },
  /* All that we know of the carrier: the one project that may import its package. */
  {
    sourceTag: 'type:reader',
    onlyDependOnLibsWithTags: ['type:contract', 'type:infra'],
    bannedExternalImports: ['kafkajs', 'twilio'],
  },
  { sourceTag: 'type:carrier', onlyDependOnLibsWithTags: ['type:contract', 'type:core', 'type:infra'] },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: [
      'type:page',
      'type:contract',
      'type:core',
      'type:calendar',
      'type:statistics',
      'type:content',
      'type:infra',
      'type:reader',
      'type:carrier',
    ],
    bannedExternalImports: [
      'kafkajs',
      '@platformatic/kafka',
      '@confluentinc/*',
      'temporal-polyfill',
      'twilio',
    ],
  },
  {
    sourceTag: 'type:host',
    onlyDependOnLibsWithTags: [
      'type:contract',
      'type:core',
      'type:calendar',
      'type:statistics',
      'type:content',
      'type:infra',
      'type:reader',
      'type:carrier',
      'type:app',
    ],
    bannedExternalImports: ['kafkajs', 'mongoose', 'twilio'],
  },
  {
    sourceTag: 'type:tool',
    onlyDependOnLibsWithTags: [
      'type:contract',
      'type:core',
      'type:calendar',
      'type:statistics',
      'type:content',
      'type:infra',
      'type:reader',
      'type:carrier',
      'type:app',
      'type:harness',
      'type:tool',
    ],
    bannedExternalImports: ['kafkajs', 'twilio'],
  },
  /* A baseline drives the bare client, so that there is something to compare ours with. */
  {
    sourceTag: 'type:bench',
    onlyDependOnLibsWithTags: [
      'type:contract',
      'type:core',
      'type:calendar',
      'type:statistics',
      'type:content',
      'type:infra',
      'type:reader',
      'type:carrier',
      'type:app',
      'type:harness',
      'type:tool',
    ],
    bannedExternalImports: ['twilio'],
  },
  { sourceTag: 'type:harness', onlyDependOnLibsWithTags: ['type:harness', 'type:infra'] },
  {
    sourceTag: 'type:e2e',
    onlyDependOnLibsWithTags: [
      'type:contract',
      'type:infra',
      'type:reader',
      'type:carrier',
      'type:app',
      'type:host',
      'type:tool',
      'type:harness',
    ],
    bannedExternalImports: ['twilio'],
  },
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
  {
    sourceTag: 'scope:dialog',
    onlyDependOnLibsWithTags: ['scope:dialog', 'scope:content', 'scope:shared'],
    bannedExternalImports: ['twilio'],
  },
  {
    sourceTag: 'scope:content',
    onlyDependOnLibsWithTags: ['scope:content', 'scope:dialog', 'scope:shared'],
    bannedExternalImports: ['twilio'],
  },
  {
    sourceTag: 'scope:progress',
    onlyDependOnLibsWithTags: ['scope:progress', 'scope:content', 'scope:shared'],
    bannedExternalImports: ['twilio'],
  },
  { sourceTag: 'scope:sms', onlyDependOnLibsWithTags: ['scope:sms', 'scope:content', 'scope:shared'] },
  {
    sourceTag: 'scope:tools',
    onlyDependOnLibsWithTags: [
      'scope:tools',
      'scope:dialog',
      'scope:content',
      'scope:progress',
      'scope:sms',
      'scope:shared',
    ],
  },
];

const ceilings = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-depth': ['error', 3],
  'max-params': ['error', 3],
  complexity: ['error', { max: 10, variant: 'modified' }],
};

const unwelcome = [
  { selector: 'ExportAllDeclaration', message: 'Name what you export.' },
  { selector: 'ExportDefaultDeclaration', message: 'Give it a name.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
];
const privateWord = {
  selector: ":matches(PropertyDefinition, MethodDefinition[kind!='constructor'])[accessibility='private']",
  message: 'Write #name; only a constructor and what it is given can be private.',
};

const batchController = {
  selector:
    "ClassDeclaration:has(Decorator[expression.callee.name='EventPattern']):not(:has(> Decorator[expression.callee.name='UseFilters']))",
  message:
    'A controller of batches says @UseFilters(KeepError), or its strategy never hears what went wrong.',
};

/** What a pure room is told, and does not find out by itself. */
const theWorld = ['Date', 'fetch', 'console', 'setTimeout', 'setInterval', 'performance'];

const tests = ['**/*.spec.ts', '**/*.testkit.ts', '**/*.contract.ts'];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/coverage/**', '**/public/**', '.cache/**', '.nx/**'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommended],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], depConstraints: boundaries }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', ...unwelcome, privateWord, batchController],
      'no-restricted-properties': [
        'error',
        {
          object: 'AbortSignal',
          property: 'any',
          message:
            'A signal that lives long keeps something of each (Node 20 and 22): listen, and stop listening.',
        },
      ],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      ...ceilings,
    },
  },
  {
    files: ['libs/dialog-core/src/**/*.ts', 'libs/sms-copy/src/**/*.ts'],
    ignores: tests,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*'], message: 'The core has no I/O.' },
            { group: ['@stopcovid/*'], allowTypeImports: true, message: 'The core imports types only.' },
          ],
        },
      ],
      'no-restricted-globals': ['error', ...theWorld, 'process', 'crypto'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  /* The calendar is told the time: `node:crypto` and the version of the zone data are all it takes from its process. */
  {
    files: ['libs/calendar/src/**/*.ts'],
    ignores: tests,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*', '!node:crypto'], message: 'The calendar has no I/O.' }] },
      ],
      'no-restricted-globals': ['error', ...theWorld],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random' },
        { object: 'Temporal', property: 'Now' },
      ],
    },
  },
  /* Figures are made of what they are given, and of the calendar. */
  {
    files: ['libs/statistics/src/**/*.ts'],
    ignores: tests,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*'], message: 'Figures have no I/O.' }] },
      ],
      'no-restricted-globals': ['error', ...theWorld, 'process', 'crypto'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  {
    files: ['libs/dialog-core/src/{evolve,decide}.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: tests,
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': 'off',
      'max-params': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    /* A baseline is written as Nest's own guide does it. */
    files: ['tools/**/*.ts'],
    rules: { 'no-console': 'off', 'no-restricted-syntax': ['error', ...unwelcome, privateWord] },
  },
);
