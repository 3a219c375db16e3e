import type { DialogCommand } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { groupBy, writeLines, type FlatEntry, type Runtime } from '@stopcovid/runtime';
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
    const { results, commands } = report;
    const typed = results.map((result, index) => ({ result, type: commands[index]?.type ?? 'unreadable' }));
    for (const [type, own] of groupBy(typed, (each) => each.type))
      for (const [outcome, { length }] of groupBy(own, (each) => outcomeOf(each.result)))
        handled.inc({ type, outcome }, length);
    const decided = results.flatMap((result) => result.events);
    for (const [type, { length }] of groupBy(decided, (event) => event)) events.inc({ type }, length);
    for (const { postponed: reason } of results) if (reason !== undefined) postponed.inc({ reason });
    writeAll(runtime, report);
  };
};

/** Almost all commands are done and nothing more is to be said of them: their lines are written at once, and before the others. */
const writeAll = (runtime: Pick<Runtime, 'logger'>, report: BatchReport): void => {
  const firstWaiting = report.results.find(({ outcome }) => outcome.kind === 'retry');
  const plain: FlatEntry[] = [];
  const others: [Handled, FlatEntry][] = [];
  for (const [index, result] of report.results.entries()) {
    if (isPlain(result)) plain.push(saidOf(report, index, result));
    else if (result.outcome.kind !== 'retry' || result === firstWaiting)
      others.push([result, saidOf(report, index, result)]);
  }
  writeLines(runtime.logger, plain, 'command handled');
  for (const [result, entry] of others) write(runtime, result, entry);
};

const isPlain = ({ outcome, waits, error }: Handled): boolean =>
  outcome.kind === 'done' && waits === undefined && error === undefined;

const write = ({ logger }: Pick<Runtime, 'logger'>, result: Handled, entry: FlatEntry): void => {
  const { outcome, waits, error } = result;
  const said = { ...entry, ...reasonOf(outcome), ...(error !== undefined && { err: error }) };
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

const saidOf = ({ records, commands, ms }: BatchReport, index: number, result: Handled): FlatEntry => {
  const { topic, partition, offset } = records[index] ?? {};
  const { phone, commandId } = commands[index] ?? {};
  const { events, postponed } = result;
  const outcome = outcomeOf(result);
  return { topic, partition, offset, commandId, phone, ms: Math.round(ms), events, outcome, postponed };
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
