import { z } from 'zod';
import { readStored } from './stored-document';

const schema = z.object({ _id: z.string(), version: z.int(), name: z.string().exactOptional() });

describe('readStored', () => {
  it('gives what the schema knows, and leaves out what a later release has added', () =>
    expect(readStored(schema, { _id: 'a', version: 1, addedLater: true })).toEqual({
      kind: 'readable',
      value: { _id: 'a', version: 1 },
    }));

  it.each([
    ['a truncated document', { _id: 'a' }, 'version: invalid_type'],
    ['a field of another type', { _id: 'a', version: 'one' }, 'version: invalid_type'],
    ['a field that was set to null by hand', { _id: 'a', version: 1, name: null }, 'name: invalid_type'],
    ['no document at all', null, 'document: invalid_type'],
  ])('says which field makes it unreadable: %s', (_, document, reason) =>
    expect(readStored(schema, document)).toEqual({ kind: 'unreadable', reason }),
  );

  it('keeps the values of what it could not read to itself', () =>
    expect(JSON.stringify(readStored(schema, { _id: 'a', version: '+12025550143' }))).not.toContain(
      '2025550',
    ));
});
