import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStored } from '@stopcovid/mongo';
import { mongo } from 'mongoose';
import { readWaiting, storedWaitingSchema } from './waiting-document';

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

describe('a spoilt document of a waiting phone', () => {
  const phone = '+12025550143';
  const whole = {
    _id: phone,
    partition: 2,
    after: 4,
    readFrom: '17',
    because: 'gap',
    reason: '',
    since: new Date(1),
  };

  it('waits as one of which nothing was heard, from where it was to be read on', () =>
    expect(readWaiting({ ...whole, after: '4', passedTo: '21' })).toEqual({
      kind: 'spoilt',
      reason: 'after: invalid_type',
      waiting: {
        phone,
        partition: 2,
        after: 0,
        readFrom: '17',
        passedTo: '21',
        unheard: true,
        because: 'unreadable',
        reason: 'the record of its waiting: after: invalid_type',
        since: new Date(1),
      },
    }));

  it.each([{ v2: '17' }, 17, '', '-1', '1e3', 'x', undefined, null])(
    'is read again from the beginning where %j is no offset',
    (readFrom) =>
      expect(
        readWaiting({ ...whole, readFrom, passedTo: readFrom, since: 'today' }, { partition: 3 }),
      ).toMatchObject({
        kind: 'spoilt',
        waiting: { phone, partition: 3, after: 0, readFrom: '0', because: 'unreadable', since: new Date(0) },
      }),
  );

  it('is nobody’s where its id is no phone', () =>
    expect(readWaiting({ ...whole, _id: 17 })).toMatchObject({ kind: 'unreadable' }));
});
