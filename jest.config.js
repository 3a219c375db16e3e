'use strict';
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

/** Which specs run: unit (needs nothing), int (needs one real part), e2e (needs the whole). All of them by default. */
const patterns = {
  unit: ['**/!(*.int|*.e2e).spec.ts'],
  int: ['**/*.int.spec.ts'],
  e2e: ['**/*.e2e.spec.ts'],
};
const kind = process.env.TEST_KIND;
if (kind && !patterns[kind]) throw new Error(`TEST_KIND is '${kind}'; it takes unit, int or e2e`);

const groups = ['libs', 'apps', 'tools'];
const folders = groups.flatMap((group) =>
  readdirSync(join(__dirname, group)).map((name) => ({ name, dir: `${group}/${name}` })),
);
const projects = folders.filter(({ dir }) => existsSync(join(__dirname, dir, 'src')));

const hasIndex = ({ dir }) => existsSync(join(__dirname, dir, 'src/index.ts'));

const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2023',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
};

module.exports = {
  /* What a worker keeps of the specs before makes each collection of a soak slow: seconds instead of milliseconds. */
  workerIdleMemoryLimit: '400MB',
  testSequencer: require.resolve('./tools/run/jest/sequencer.cjs'),
  testTimeout: kind === 'unit' ? 20_000 : 60_000,
  projects: projects.map(({ name, dir }) => ({
    displayName: name,
    rootDir: `<rootDir>/${dir}`,
    roots: ['<rootDir>/src'],
    testEnvironment: require.resolve('./tools/run/jest/environment.cjs'),
    runtime: require.resolve('./tools/run/jest/runtime.cjs'),
    testMatch: kind ? patterns[kind] : ['**/*.spec.ts'],
    transform: { '^.+\\.ts$': ['@swc/jest', swc] },
    moduleNameMapper: {
      ...Object.fromEntries(
        projects
          .filter(hasIndex)
          .map((p) => [`^@stopcovid/${p.name}$`, join(__dirname, p.dir, 'src/index.ts')]),
      ),
      /* What is imported late is named as it will be when built. */
      '^\\./([a-z-]+)\\.js$': './$1',
    },
  })),
};
