import type { DialogCommand } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import type { Runtime } from '@stopcovid/runtime';
import type { Handled } from './decide-phone';
import { alarmOf } from './failure-codes';

/** What one call of `handleCommands` did: the three lists have one entry per record. */
export type BatchReport = {
  readonly records: readonly LogRecord[];
  readonly commands: readonly (DialogCommand | undefined)[];
  readonly results: readonly Handled[];
  readonly ms: number;
};

/**
 * Counts commands by type and outcome, and writes one line per record that was settled. Records that wait are handed
 * over again and again, so the first of them speaks for all.
 */
export const reportBatch = (
  runtime: Pick<Runtime, 'logger' | 'metrics'>,
): ((report: BatchReport) => void) => {
  const { metrics } = runtime;
  const handled = metrics.counter('dialog_commands_total', 'Commands handled', ['type', 'outcome']);
  const postponed = metrics.counter('drills_postponed_total', 'Drills that were held back', ['reason']);
  const events = metrics.counter('dialog_events_total', 'Events decided, by type', ['type']);
  const seconds = metrics.histogram('dialog_batch_seconds', 'Time to handle one slice of commands');
  return (report) => {
    seconds.observe(report.ms / 1_000);
    const firstWaiting = report.results.find(({ outcome }) => outcome.kind === 'retry');
    for (const [index, result] of report.results.entries()) {
      const type = report.commands[index]?.type ?? 'unreadable';
      handled.inc({ type, outcome: outcomeOf(result) });
      for (const event of result.events) events.inc({ type: event });
      if (result.postponed !== undefined) postponed.inc({ reason: result.postponed });
      if (result.outcome.kind !== 'retry' || result === firstWaiting)
        write(runtime, result, lineOf(report, index));
    }
  };
};

const write = ({ logger }: Pick<Runtime, 'logger'>, result: Handled, line: object): void => {
  const { outcome, events, waits, error, postponed } = result;
  const said = {
    ...line,
    events,
    outcome: outcomeOf(result),
    ...reasonOf(outcome),
    ...(postponed !== undefined && { postponed }),
    ...(error !== undefined && { err: error }),
  };
  if (waits !== undefined)
    return logger.error({ ...said, ...waits, alarm: alarmOf(waits.code) }, 'command held');
  switch (outcome.kind) {
    case 'done':
      return logger.info(said, 'command handled');
    case 'retry':
      return logger.warn(said, 'commands wait');
    case 'deadLetter':
      return logger.error(said, 'command put aside');
  }
};

const lineOf = ({ records, commands, ms }: BatchReport, index: number): object => {
  const { topic, partition, offset } = records[index] ?? {};
  const { phone, commandId } = commands[index] ?? {};
  return { topic, partition, offset, commandId, phone, ms: Math.round(ms) };
};

const outcomeOf = ({ outcome, repeated, waits }: Handled): string => {
  if (waits !== undefined) return 'held';
  return repeated ? 'repeated' : outcome.kind;
};

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
