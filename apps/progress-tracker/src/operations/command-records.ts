import type { CommandId } from '@stopcovid/contracts';
import type { AskedCommand, Settled } from './asked-command';

/** The commands that people asked for, for a while. All methods throw when the store cannot be reached. */
export interface CommandRecords {
  /** Puts a command on record, and answers what is on record under its id: another one, if that was there before. */
  accept(asked: AskedCommand): Promise<AskedCommand>;
  of(commandId: CommandId): Promise<AskedCommand | undefined>;
  /** Says what became of commands. Ids that are not on record are passed over, and what was decided stays. */
  settle(settled: readonly Settled[]): Promise<void>;
}

/** Records in memory: nothing survives a restart. */
export const inMemoryCommandRecords = (): CommandRecords => {
  const records = new Map<CommandId, AskedCommand>();
  const settle = ({ commandId, fate }: Settled): void => {
    const found = records.get(commandId);
    if (found === undefined || found.fate.state === 'decided') return;
    records.set(commandId, { ...found, fate });
  };
  return {
    accept: (asked) => {
      const found = records.get(asked.commandId) ?? asked;
      records.set(asked.commandId, found);
      return Promise.resolve(found);
    },
    of: (commandId) => Promise.resolve(records.get(commandId)),
    settle: (settled) => {
      settled.forEach(settle);
      return Promise.resolve();
    },
  };
};
