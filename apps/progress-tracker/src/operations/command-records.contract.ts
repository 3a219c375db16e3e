import { commandIdSchema } from '@stopcovid/contracts';
import { maria } from '../tracker.testkit';
import type { AskedCommand, Settled } from './asked-command';
import type { CommandRecords } from './command-records';

const at = new Date('2026-03-04T10:00:00.000Z');
const commandId = commandIdSchema.parse('operator:1');
const asked: AskedCommand = {
  commandId,
  type: 'StartDrill',
  phone: maria,
  at,
  by: 'spec',
  fingerprint: 'one',
  fate: { state: 'accepted' },
};
const decided: Settled = {
  commandId,
  fate: { state: 'decided', at, version: 3, events: [{ id: 'e', type: 'DrillStarted', reason: 'operator' }] },
};
const deadLettered: Settled = {
  commandId,
  fate: { state: 'deadLettered', at, code: 'INVALID', reason: 'no' },
};

/** What every store of asked commands must do. */
export const commandRecordsContract = (open: () => Promise<CommandRecords>): void => {
  it('keeps the first command of an id, and answers it to whoever comes later', async () => {
    const records = await open();
    await expect(records.accept(asked)).resolves.toEqual(asked);
    await expect(records.accept({ ...asked, fingerprint: 'two' })).resolves.toEqual(asked);
    await expect(records.of(commandId)).resolves.toEqual(asked);
  });

  it('says what became of it, and lets a dead letter be decided after all', async () => {
    const records = await open();
    await records.accept(asked);
    await records.settle([deadLettered]);
    await expect(records.of(commandId)).resolves.toEqual({ ...asked, ...deadLettered });
    await records.settle([decided]);
    await expect(records.of(commandId)).resolves.toEqual({ ...asked, ...decided });
  });

  it('never takes back what was decided', async () => {
    const records = await open();
    await records.accept(asked);
    await records.settle([decided]);
    await records.settle([deadLettered]);
    await expect(records.of(commandId)).resolves.toMatchObject({ fate: { state: 'decided' } });
  });

  it('remembers nothing of commands that nobody asked for', async () => {
    const records = await open();
    await records.settle([decided]);
    await expect(records.of(commandId)).resolves.toBeUndefined();
  });
};
