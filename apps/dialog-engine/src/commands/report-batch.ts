import type { DialogCommand } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import type { Runtime } from '@stopcovid/runtime';
import type { Handled } from './decide-phone';

/** What one call of `handleCommands` did: the three lists have one entry per record. */
export type BatchReport = {
  readonly records: readonly LogRecord[];
  readonly commands: readonly (DialogCommand | undefined)[];
  readonly results: readonly Handled[];
  readonly ms: number;
};

/** Writes one line per record, and counts commands by type and outcome. */
export const reportBatch = ({ logger, metrics }: Runtime): ((report: BatchReport) => void) => {
  const handled = metrics.counter('dialog_commands_total', 'Commands handled', ['type', 'outcome']);
  const seconds = metrics.histogram('dialog_batch_seconds', 'Time to handle one slice of commands');
  return ({ records, commands, results, ms }) => {
    seconds.observe(ms / 1_000);
    for (const [index, result] of results.entries()) {
      const command = commands[index];
      handled.inc({ type: command?.type ?? 'unreadable', outcome: outcomeOf(result) });
      const { topic, partition, offset } = records[index] ?? {};
      const { phone, commandId } = command ?? {};
      const { outcome, events, error } = result;
      const line = { topic, partition, offset, commandId, phone, events, ms: Math.round(ms) };
      const said = {
        ...line,
        outcome: outcomeOf(result),
        ...reasonOf(outcome),
        ...(error !== undefined && { err: error }),
      };
      if (outcome.kind === 'done') logger.info(said, 'command handled');
      else logger.error(said, 'command not handled');
    }
  };
};

const outcomeOf = ({ outcome, repeated }: Handled): string => (repeated ? 'repeated' : outcome.kind);

const reasonOf = (outcome: Handled['outcome']): object => {
  switch (outcome.kind) {
    case 'done':
      return {};
    case 'retry':
      return { reason: outcome.reason };
    case 'deadLetter':
      return { code: outcome.code, reason: outcome.reason };
  }
};
