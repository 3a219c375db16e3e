import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStored } from '@stopcovid/mongo';
import { mongo } from 'mongoose';
import { storedWaitingSchema } from './mongo-waiting-phones';

describe('a document of a waiting phone of an earlier release', () => {
  const file = join(__dirname, 'stored/waiting-phone.v1.json');
  const document = mongo.BSON.EJSON.parse(readFileSync(file, 'utf8')) as object;

  it('can be read', () =>
    expect(readStored(storedWaitingSchema, document)).toMatchObject({ kind: 'readable' }));

  it.each(['partition', 'after', 'readFrom', 'because', 'reason', 'since'])(
    'cannot be read without its %s',
    (field) =>
      expect(readStored(storedWaitingSchema, { ...document, [field]: undefined })).toEqual({
        kind: 'unreadable',
        reason: expect.stringContaining(field),
      }),
  );
});
