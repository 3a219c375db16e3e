import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStored } from '@stopcovid/mongo';
import { storedSweepSchema } from './mongo-sweep-turns';

describe('the document of the sweeps of an earlier release', () => {
  const document = JSON.parse(readFileSync(join(__dirname, 'stored/sweep.v1.json'), 'utf8')) as object;

  it.each([document, { ...document, sweptTo: null }])('can be read', (stored) =>
    expect(readStored(storedSweepSchema, stored)).toEqual({ kind: 'readable', value: stored }),
  );

  it.each(['holder', 'until', 'sweptTo'])('cannot be read without its %s', (field) =>
    expect(readStored(storedSweepSchema, { ...document, [field]: undefined })).toMatchObject({
      kind: 'unreadable',
    }),
  );
});
