import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStored } from '@stopcovid/mongo';
import { mongo } from 'mongoose';
import { storedCheckpointSchema } from './checkpoints/mongo-checkpoint-store';
import { readStoredDialog } from './dialogs/stored-dialog';
import { storedCodeSchema } from './registration/mongo-registration-codes';

type Fields = Readonly<Record<string, unknown>>;

const kinds = [
  {
    name: 'dialogs/stored/dialog.v1.json',
    read: ({ _id, ...rest }: Fields) => readStoredDialog({ phone: _id, ...rest }),
    needed: ['version', 'state', 'outbox', 'recentCommandIds'],
  },
  {
    name: 'registration/stored/code.v1.json',
    read: (document: Fields) => readStored(storedCodeSchema, document),
    needed: ['demo', 'account', 'createdAt'],
  },
  {
    name: 'checkpoints/stored/checkpoint.v1.json',
    read: (document: Fields) => readStored(storedCheckpointSchema, document),
    needed: ['offset'],
  },
];

describe.each(kinds)('a document of an earlier release: $name', ({ name, read, needed }) => {
  const document = mongo.BSON.EJSON.parse(readFileSync(join(__dirname, name), 'utf8')) as Fields;

  it('can be read', () => expect(read(document)).toMatchObject({ kind: 'readable' }));

  it.each(needed)('cannot be read without its %s', (field) =>
    expect(read({ ...document, [field]: undefined })).toEqual({
      kind: 'unreadable',
      reason: expect.stringContaining(field),
    }),
  );
});
