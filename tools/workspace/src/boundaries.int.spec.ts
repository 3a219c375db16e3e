import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './repository.testkit';

/* Each of these is a text that nobody should be able to commit at that place. */
const forbidden = [
  [
    'a contract that imports an app',
    'libs/contracts/src/index.ts',
    "import { startPlayground } from '@stopcovid/playground';",
    '@nx/enforce-module-boundaries',
  ],
  [
    'a core that imports an app',
    'libs/dialog-core/src/index.ts',
    "import type { DialogEngineConfig } from '@stopcovid/dialog-engine';",
    '@nx/enforce-module-boundaries',
  ],
  [
    'an app that imports kafkajs',
    'apps/sms-sender/src/index.ts',
    "import { Kafka } from 'kafkajs';",
    '@nx/enforce-module-boundaries',
  ],
  [
    'a sender that sees the core',
    'apps/sms-sender/src/index.ts',
    "import { decide } from '@stopcovid/dialog-core';",
    '@nx/enforce-module-boundaries',
  ],
  [
    'an app that imports another',
    'apps/sms-sender/src/index.ts',
    "import { webhookUrl } from '@stopcovid/sms-ingress';",
    '@nx/enforce-module-boundaries',
  ],
  [
    'an app that calls Twilio in its own way',
    'apps/sms-sender/src/index.ts',
    "import twilio from 'twilio';\nexport const x = twilio;",
    '@nx/enforce-module-boundaries',
  ],
  [
    'a core that imports a contract at run time',
    'libs/dialog-core/src/index.ts',
    "import { phoneSchema } from '@stopcovid/contracts';\nexport const x = phoneSchema;",
    '@typescript-eslint/no-restricted-imports',
  ],
  [
    'a core that reads a file',
    'libs/sms-copy/src/index.ts',
    "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;",
    '@typescript-eslint/no-restricted-imports',
  ],
  [
    'a core that knows the time',
    'libs/dialog-core/src/index.ts',
    'export const x = Date.now();',
    'no-restricted-globals',
  ],
  [
    'a core that throws dice',
    'libs/dialog-core/src/index.ts',
    'export const x = Math.random();',
    'no-restricted-properties',
  ],
  [
    'a figure that knows the time',
    'libs/statistics/src/index.ts',
    'export const x = Date.now();',
    'no-restricted-globals',
  ],
  [
    'a figure that fetches what it is made of',
    'libs/statistics/src/index.ts',
    "import { connectMongo } from '@stopcovid/mongo';\nexport const x = connectMongo;",
    '@nx/enforce-module-boundaries',
  ],
  ['a default export', 'libs/drills/src/index.ts', 'const x = 1;\nexport default x;', 'no-restricted-syntax'],
] as const;

const runNode = (args: readonly string[], input = ''): string =>
  execFileSync(process.execPath, [...args], {
    cwd: root,
    input,
    encoding: 'utf8',
    env: { ...process.env, NX_DAEMON: 'false' },
  });

describe('the boundary rules', () => {
  let found: readonly (readonly string[])[] = [];

  /* Without Nx's graph of the projects the rule would see nothing and pass everything. */
  beforeAll(() => {
    runNode(['node_modules/nx/dist/bin/nx.js', 'show', 'projects']);
    const texts = forbidden.map(([, file, text]) => ({ file: join(root, file), text: `${text}\n` }));
    found = JSON.parse(runNode(['tools/workspace/lint-texts.mjs'], JSON.stringify(texts))) as string[][];
  }, 120_000);

  it.each(forbidden.map(([what, , , rule], index) => ({ what, rule, index })))(
    'refuse $what',
    ({ rule, index }) => {
      expect(found[index]).toContain(rule);
    },
  );
});
