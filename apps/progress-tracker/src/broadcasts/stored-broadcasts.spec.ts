import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStored } from '@stopcovid/mongo';
import { mongo } from 'mongoose';
import type { z } from 'zod';
import { storedAudienceSchema } from '../audiences/mongo-audiences';
import { storedBroadcastSchema, storedRecipientSchema } from './mongo-broadcasts';

const documents: readonly { readonly path: string; readonly schema: z.ZodType; readonly needs: string }[] = [
  { path: '../audiences/stored/audience.v1.json', schema: storedAudienceSchema, needs: 'audience' },
  { path: 'stored/broadcast.v1.json', schema: storedBroadcastSchema, needs: 'letter' },
  { path: 'stored/recipient.v1.json', schema: storedRecipientSchema, needs: 'phone' },
];

describe('a document of broadcasts of an earlier release', () => {
  it.each(documents)('can be read, and not without what it needs: $path', ({ path, schema, needs }) => {
    const document = mongo.BSON.EJSON.parse(readFileSync(join(__dirname, path), 'utf8')) as object;
    expect(readStored(schema, document)).toMatchObject({ kind: 'readable' });
    expect(readStored(schema, { ...document, [needs]: undefined })).toMatchObject({ kind: 'unreadable' });
  });
});
