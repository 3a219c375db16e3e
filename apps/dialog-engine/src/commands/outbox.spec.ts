import { commandIdSchema, phoneSchema } from '@stopcovid/contracts';
import { newDialog } from '../dialogs/dialog-store';
import { keepUntold, settleOutbox } from './outbox';

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

  it('has what is about to be told stand here, though its offset is committed: the process may end before', () => {
    const here = { partition: 3, offset: '11' };
    const kept = keepUntold(dialog, { here, progress }, [second, third]);
    expect(kept.outbox).toEqual([first, { ...second, ...here }, third]);
    const settled = settleOutbox(kept, progress);
    expect([settled.outbox, settled.recentCommandIds]).toEqual([[{ ...second, ...here }, third], ['first']]);
  });

  it('keeps all that stands on another partition', () => {
    expect(settleOutbox(dialog, { ...progress, partition: 4 })).toBe(dialog);
  });
});
