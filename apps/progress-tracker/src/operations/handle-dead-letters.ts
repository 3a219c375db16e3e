import { commandIdSchema, type CommandId } from '@stopcovid/contracts';
import { deadLetterHeaders, done, retry, type LogRecord, type Outcome } from '@stopcovid/kafka';
import { isMongoOutage } from '@stopcovid/mongo';
import { isAsked, type Settled } from './asked-command';
import type { CommandRecords } from './command-records';

/** Takes a slice of the commands that were put aside; answers one outcome per record. */
export type HandleDeadLetters = (records: readonly LogRecord[]) => Promise<readonly Outcome[]>;

/* Whatever made the record a dead letter, its id may still be read. */
const commandIdIn = (value: Buffer | null): CommandId | undefined => {
  try {
    const json: unknown = JSON.parse(value?.toString('utf8') ?? '');
    if (json === null || typeof json !== 'object' || !('commandId' in json)) return undefined;
    const id = commandIdSchema.safeParse(json.commandId);
    return id.success && isAsked(id.data) ? id.data : undefined;
  } catch {
    return undefined;
  }
};

const settledBy = ({ value, headers, timestamp }: LogRecord): readonly Settled[] => {
  const commandId = commandIdIn(value);
  if (commandId === undefined) return [];
  const code = headers[deadLetterHeaders.code] ?? 'UNKNOWN';
  const reason = headers[deadLetterHeaders.reason] ?? 'the dead letter does not say why';
  return [{ commandId, fate: { state: 'deadLettered', at: new Date(timestamp), code, reason } }];
};

/** Says of commands that people asked for that they were put aside, and why. */
export const handleDeadLetters =
  (commands: Pick<CommandRecords, 'settle'>): HandleDeadLetters =>
  async (records) => {
    try {
      await commands.settle(records.flatMap(settledBy));
      return records.map(() => done);
    } catch (error) {
      if (!isMongoOutage(error)) throw error;
      return records.map(() => retry(error.message));
    }
  };
