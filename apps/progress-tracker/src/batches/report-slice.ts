import type { SliceReport, Waiting } from '@stopcovid/projections';
import { maskPhone, type Runtime } from '@stopcovid/runtime';

/** What is told of the reading of batches. */
export type BatchReports = {
  readonly report: (report: SliceReport) => void;
  readonly onCommands: (count: number) => void;
};

/** Writes one line per slice and one per phone that begins to wait, counts both, and tells readiness how many wait. */
export const reportSlices = ({ logger, metrics, health }: Runtime): BatchReports => {
  const batches = metrics.counter('progress_batches_total', 'Batches of events read, repeated ones too');
  const commands = metrics.counter('progress_commands_total', 'Commands that batches called for');
  const unknown = metrics.counter('progress_unknown_events_total', 'Events of a type not known here', [
    'type',
  ]);
  const seconds = metrics.histogram('progress_slice_seconds', 'Time to handle one slice of batches');
  const waiting = metrics.gauge('progress_waiting_phones', 'Phones that wait while the others go on');
  let phones = 0;
  waiting.set(0);
  health.register(
    'projections',
    () => (phones === 0 ? { up: true } : { up: true, detail: `${phones} phones wait` }),
    'ready',
  );

  const reportWaiting = ({ since: _now, phone, ...began }: Waiting): void =>
    logger.error(
      { alarm: 'phone-waits', phone: maskPhone(phone), ...began },
      'a phone waits; the others go on',
    );

  return {
    onCommands: (count) => commands.inc(count),
    report: (slice) => {
      phones = slice.waitingPhones;
      waiting.set(phones);
      for (const type of slice.unknownEvents) unknown.inc({ type });
      for (const began of slice.began) reportWaiting(began);
      for (const { phone, from } of slice.rereads)
        logger.warn({ phone: maskPhone(phone), from }, 'the topic is read again for a phone');
      if (slice.records.length === 0) return;
      batches.inc(slice.batches);
      seconds.observe(slice.ms / 1_000);
      const line = lineOf(slice);
      if (slice.held === undefined) logger.info(line, 'batches read');
      else logger.warn({ ...line, err: slice.held }, 'batches wait');
    },
  };
};

const lineOf = ({ topic, partition, records, batches, written, ms }: SliceReport): object => ({
  topic,
  partition,
  offset: records[0]?.offset,
  records: records.length,
  batches,
  written,
  ms: Math.round(ms),
});

/** Says that what is on record of a waiting phone cannot be read: its id, which is the phone, and the fields at fault. */
export const tellSpoiltWaiting =
  ({ logger }: Pick<Runtime, 'logger'>) =>
  (id: string, reason: string): void =>
    logger.error(
      { alarm: 'waiting-phone-unreadable', phone: maskPhone(id), reason },
      'the record of a waiting phone cannot be read: its batches are read again',
    );
