import { commandIdSchema } from '@stopcovid/contracts';
import { initialState } from '@stopcovid/dialog-core';
import { mongo } from 'mongoose';
import { ann } from '../engine.testkit';
import { changedFields } from './changed-fields';
import type { Dialog } from './dialog-store';

const idOf = (number: number) => commandIdSchema.parse(`SM${String(number).padStart(32, '0')}`);
const read: Dialog = {
  phone: ann,
  version: 64,
  state: initialState(),
  outbox: [],
  recentCommandIds: Array.from({ length: 64 }, (_, number) => idOf(number)),
};
/** The dialog after one more reply: its batch, and the id of the one before. */
const next: Dialog = {
  ...read,
  version: 65,
  outbox: [{ commandId: idOf(65), batch: 'x'.repeat(1_100), partition: 3, offset: '4711' }],
  recentCommandIds: [...read.recentCommandIds, idOf(64)].slice(-64),
};

describe('what is written of a dialog', () => {
  it('is its outbox and what the reply changed, and of the ids that it remembers the new one alone', () =>
    expect(changedFields(read, next)).toEqual({
      set: { version: 65, outbox: next.outbox },
      within: { $set: {}, $push: { recentCommandIds: { $each: [idOf(64)], $slice: -64 } } },
    }));

  it('is less than half of the bytes of the whole, with all that is remembered', () => {
    const { set, within } = changedFields(read, next);
    const bytes = mongo.BSON.calculateObjectSize({ $set: set, ...within });
    expect(bytes).toBeLessThan(mongo.BSON.calculateObjectSize(next) / 2);
  });
});
