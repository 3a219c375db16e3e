import { commandIdSchema, phoneSchema } from '@stopcovid/contracts';
import { newDialog } from '../dialogs/dialog-store';
import { settleOutbox } from './outbox';

const entry = (name: string, offset: number) => ({
  commandId: commandIdSchema.parse(name),
  batch: `the batch of ${name}`,
  partition: 3,
  offset: String(offset),
});
const [first, second, third] = [entry('first', 7), entry('second', 9), entry('third', 12)] as const;
const dialog = {
  ...newDialog(phoneSchema.parse('+12025550143')),
  version: 3,
  outbox: [first, second, third],
};
const progress = { partition: 3, committed: '10' };

describe('the outbox of a dialog', () => {
  it('lets go of the batches whose offsets are committed, and remembers their commands', () => {
    const settled = settleOutbox(dialog, progress);
    expect([settled.outbox, settled.recentCommandIds]).toEqual([[third], ['first', 'second']]);
  });

  it('keeps what is about to be told, though its offset is committed: the process may end before', () => {
    const settled = settleOutbox(dialog, progress, [second]);
    expect([settled.outbox, settled.recentCommandIds]).toEqual([[second, third], ['first']]);
  });

  it('keeps all that stands on another partition', () => {
    expect(settleOutbox(dialog, { ...progress, partition: 4 })).toBe(dialog);
  });
});
