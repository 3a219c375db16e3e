import type { Runtime } from '@stopcovid/runtime';
import type { JudgedGap, ReadReport } from './handle-batches';

/** Writes one line per slice and one per hole, counts both, and tells readiness how many phones are parked. */
export const reportSlice = ({ logger, metrics, health }: Runtime): ((report: ReadReport) => void) => {
  const batches = metrics.counter('progress_batches_total', 'Batches of events read, repeated ones too');
  const commands = metrics.counter('progress_commands_total', 'Commands that batches called for');
  const unknown = metrics.counter('progress_unknown_events_total', 'Events of a type not known here', [
    'type',
  ]);
  const seconds = metrics.histogram('progress_slice_seconds', 'Time to handle one slice of batches');
  const parked = metrics.gauge('progress_parked_phones', 'Phones whose next batch is missing from the topic');
  let phones = 0;
  parked.set(0);
  health.register(
    'projections',
    () => (phones === 0 ? { up: true } : { up: true, detail: parkedDetail(phones) }),
    'ready',
  );

  const reportGap = ({ phone, after, found, verdict }: JudgedGap): void => {
    if (verdict === 'park') logger.error({ phone, after, found }, 'a batch is missing; the phone is parked');
    if (verdict === 'lookAgain') logger.warn({ phone, after, found }, 'a batch is missing; reading again');
  };

  return (report) => {
    phones = report.parked;
    parked.set(phones);
    batches.inc(report.batches);
    commands.inc(report.commands);
    seconds.observe(report.ms / 1_000);
    for (const type of report.unknownEvents) unknown.inc({ type });
    for (const gap of report.gaps) reportGap(gap);
    const line = lineOf(report);
    if (report.waiting === undefined) logger.info(line, 'batches read');
    else logger.warn({ ...line, err: report.waiting }, 'batches wait');
  };
};

const parkedDetail = (phones: number): string => `${phones} parked: a batch is missing from the topic`;

const lineOf = ({ topic, partition, records, batches, commands, ms }: ReadReport): object => ({
  topic,
  partition,
  offset: records[0]?.offset,
  records: records.length,
  batches,
  commands,
  ms: Math.round(ms),
});
