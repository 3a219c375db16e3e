/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A cycle means that a boundary is missing or in the wrong place.',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'kafkajs-stays-in-its-lib',
      severity: 'error',
      /* A baseline drives the bare client. */
      from: { pathNot: '^(libs/kafka|tools/bench/src/pipeline)/' },
      to: { path: '^node_modules/kafkajs/' },
    },
    {
      name: 'mongoose-stays-in-mongo-files',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '(^libs/mongo/|/mongo-[^/]+\\.ts$|\\.spec\\.ts$)' },
      to: { path: '^node_modules/mongoose/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'temporal-stays-in-one-file',
      severity: 'error',
      from: { pathNot: '^libs/calendar/src/temporal\\.ts$' },
      to: { path: 'node_modules/temporal-polyfill/' },
    },
    {
      name: 'nest-stays-out-of-the-core',
      severity: 'error',
      from: { path: '^libs/(contracts|dialog-core|sms-copy|drills|calendar|statistics)/' },
      to: { path: '^node_modules/(@nestjs|kafkajs|mongoose|twilio)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|/public/|/native/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default'] },
  },
};
