import { decodeKeyed, decodeLogRecord, type Phone, type SmsLogRecord } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import type { EventSource, Offsets } from './event-source';
import type { PhoneDocuments, StoredDocument } from './judge-phone';
import type { LogShadow } from './log-store';
import type { Job } from './rebuild-job';

const sliceSize = 500;

/** A rebuild of the message log under way. */
export type LogJob = Pick<Job, 'request' | 'tally' | 'step'> & {
  readonly log: EventSource;
  readonly shadow: LogShadow;
};

/** What the shadow has been read from: the message log up to certain offsets, and from when on it is kept. */
export class LogReading {
  #until: Offsets = new Map();
  /** When the first record that is still there was written, of partitions whose beginning was deleted. */
  readonly #begins = new Map<number, number>();
  readonly #wanted: ReadonlySet<string> | undefined;

  constructor(private readonly job: LogJob) {
    this.#wanted = job.request.phones === undefined ? undefined : new Set<string>(job.request.phones);
  }

  /** Folds what lies between what was read and these offsets. */
  async readTo(until: Offsets): Promise<void> {
    const { log, request } = this.job;
    const onProgress = (done: number, total: number): void =>
      request.onProgress?.({ stage: 'read', done, total });
    for (const [partition, end] of until)
      if (!this.#until.has(partition) && BigInt(end) > 0n) this.#begins.set(partition, Infinity);
    const isFirst = this.#until.size === 0;
    const range = { from: this.#until, until, ...(isFirst ? { onProgress } : {}) };
    await log.read(range, async (records) => {
      records.forEach((record) => this.#noteBeginning(record));
      for (let at = 0; at < records.length; at += sliceSize)
        await this.#fold(records.slice(at, at + sliceSize));
    });
    this.#until = new Map([...this.#until, ...until]);
  }

  /** The phones of which there is something behind what was read. */
  async beyond(): Promise<ReadonlySet<string>> {
    const { log } = this.job;
    const found = new Set<string>();
    await log.read({ from: this.#until, until: await log.ends() }, (records) => {
      for (const { key } of records) if (key !== null) found.add(key);
      return Promise.resolve();
    });
    return found;
  }

  /**
   * Documents that can be judged: of a message from before the beginning of the log, the log can say nothing any more,
   * or only a part.
   */
  judgeable(
    phone: Phone,
    live: PhoneDocuments,
    shadow: PhoneDocuments,
  ): { readonly live: PhoneDocuments; readonly shadow: PhoneDocuments } {
    const begins = this.#begins.get(this.job.log.partitionOf(phone));
    if (begins === undefined) return { live, shadow };
    const isOld = ({ ['at']: at }: StoredDocument): boolean => at instanceof Date && at.getTime() < begins;
    const old = new Set([...live.values()].flat().filter(isOld).flatMap(idsOf));
    const without = (documents: PhoneDocuments): PhoneDocuments =>
      new Map(
        [...documents].map(([name, own]) => [
          name,
          own.filter((each) => !idsOf(each).some((id) => old.has(id))),
        ]),
      );
    return { live: without(live), shadow: without(shadow) };
  }

  #noteBeginning({ partition, offset, timestamp }: LogRecord): void {
    if (this.#begins.get(partition) !== Infinity) return;
    if (BigInt(offset) === 0n) this.#begins.delete(partition);
    else this.#begins.set(partition, timestamp);
  }

  async #fold(records: readonly LogRecord[]): Promise<void> {
    const { shadow, tally, step } = this.job;
    await step();
    const asked = records.filter(
      ({ key }) => this.#wanted === undefined || (key !== null && this.#wanted.has(key)),
    );
    const read = asked.flatMap((record): readonly SmsLogRecord[] => {
      const decoded = decodeKeyed(record, decodeLogRecord);
      return decoded.ok ? [decoded.value] : [];
    });
    await shadow.fold(read);
    tally.read({ batches: read.length, unreadable: asked.length - read.length });
  }
}

/** The ids by which a message is known, whatever else its document says. */
const idsOf = ({ _id, ...fields }: StoredDocument): readonly unknown[] =>
  [_id, fields['sid'], fields['moreSids']].flat().filter((id) => typeof id === 'string');
