import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStored, storedCheckpointSchema } from '@stopcovid/mongo';
import { mongo } from 'mongoose';
import { readStoredDialog } from './dialogs/stored-dialog';
import { heldCommandSchema } from './held/mongo-held-commands';
import { storedCodeSchema } from './registration/mongo-registration-codes';
import { storedRevisionSchema } from './revisions/mongo-revision-store';

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
  {
    name: 'held/stored/held-command.v1.json',
    read: (document: Fields) => readStored(heldCommandSchema, document),
    needed: ['hold', 'phone', 'commandId', 'partition', 'offset', 'value'],
  },
  {
    name: 'revisions/stored/revision.v1.json',
    read: (document: Fields) => readStored(storedRevisionSchema, document),
    needed: ['_id', 'content'],
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

it('a revision whose content is no JSON cannot be read', () =>
  expect(readStored(storedRevisionSchema, { _id: '0'.repeat(64), content: '{' })).toEqual({
    kind: 'unreadable',
    reason: 'content: custom',
  }));
