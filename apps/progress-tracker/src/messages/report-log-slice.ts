import type { Runtime } from '@stopcovid/runtime';
import type { LogReport } from './handle-log-records';
import type { SpoiltRecord } from './waiting-records';

/** Counts and tells each record that waits and cannot be read itself, once in this process. */
const spoiltRecords = ({ logger, metrics }: Pick<Runtime, 'logger' | 'metrics'>) => {
  const told = new Set<string>();
  const count = metrics.counter(
    'message_log_waiting_unreadable_total',
    'Records of the message log that wait and cannot be read themselves, each once per process',
  );
  return (spoilt: readonly SpoiltRecord[]): void => {
    for (const { name, reason } of spoilt.filter((each) => !told.has(each.name))) {
      told.add(name);
      count.inc();
      logger.error(
        { alarm: 'waiting-log-record-unreadable', record: name, reason },
        'a record of the message log that waits cannot be read where it is kept; the others go on',
      );
    }
  };
};

/** Writes one line per slice of the message log, and counts its records. */
export const reportLogSlice = ({ logger, metrics }: Runtime): ((report: LogReport) => void) => {
  const records = metrics.counter(
    'message_log_records_total',
    'Records of the message log read, repeated ones too',
  );
  const seconds = metrics.histogram('message_log_slice_seconds', 'Time to handle one slice of records');
  const waits = metrics.counter(
    'message_log_waiting_total',
    'Records of the message log that began to wait',
    ['because'],
  );
  const now = metrics.gauge(
    'progress_waiting_log_records',
    'Records of the message log that wait while the others go on',
  );
  now.set(0);
  const tellSpoilt = spoiltRecords({ logger, metrics });
  return ({ waiting, ms, began, spoilt, waitingRecords, ...counts }) => {
    tellSpoilt(spoilt);
    if (waitingRecords !== undefined) now.set(waitingRecords);
    for (const { because, reason, partition, offset } of began) {
      waits.inc({ because });
      logger.error(
        { alarm: 'log-record-waits', because, reason, partition, offset },
        'a record of the message log waits; the others go on',
      );
    }
    if (counts.records === 0 && counts.wentOn === 0) return;
    records.inc(counts.records);
    seconds.observe(ms / 1_000);
    const line = { ...counts, ms: Math.round(ms) };
    if (waiting === undefined) logger.info(line, 'message log read');
    else logger.warn({ ...line, err: waiting }, 'message log waits');
  };
};
