import { decodeBatch, encodeCommand, topics, type DecodedBatch, type Phone } from '@stopcovid/contracts';
import type { Course } from '@stopcovid/drills';
import { deadLetter, done, retry, type BatchContext, type LogRecord, type Outcome, type Publisher } from '@stopcovid/kafka';
import { foldBatches, runIdsIn, type Folded, type Gap, type ReadBatch } from './fold-batches';
import type { MissingBatches } from './missing-batches';
import type { ProgressStore } from './progress-store';

/** Takes a slice of one partition's records; answers one outcome per record, in their order. */
export type HandleBatches = (records: readonly LogRecord[], context: ReaderContext) => Promise<readonly Outcome[]>;

/** What of a batch's surroundings the projections depend on. */
export type ReaderContext = Pick<BatchContext, 'isCurrent' | 'seek'>;

/** One line about what was read, for logs and metrics. */
export type ReadReport = {
  readonly records: number;
  readonly batches: number;
  readonly commands: number;
  readonly unknownEvents: readonly string[];
  readonly gaps: readonly (Gap & { readonly verdict: 'lookAgain' | 'park' })[];
};

/** What the projections are kept with. */
export type BatchParts = {
  readonly store: ProgressStore;
  readonly publisher: Publisher;
  readonly course: () => Course;
  readonly missing: MissingBatches;
  readonly report: (report: ReadReport) => void;
};

type Read = { readonly ok: true; readonly batch: DecodedBatch } | { readonly ok: false; readonly outcome: Outcome };

const read = ({ key, value }: LogRecord): Read => {
  if (value === null) return { ok: false, outcome: deadLetter('NO_VALUE', 'the record has no value') };
  const decoded = decodeBatch(value);
  if (!decoded.ok) return { ok: false, outcome: deadLetter(decoded.error.code, decoded.error.reason) };
  if (decoded.value.phone !== key) return { ok: false, outcome: deadLetter('KEY_MISMATCH', "the key is not the batch's phone") };
  return { ok: true, batch: decoded.value };
};

const attempts = 5;

/**
 * Commands go out before the projection is written: a crash between the two produces them again under the same ids.
 * The other way round they would be lost.
 */
const project = async (parts: BatchParts, batches: readonly ReadBatch[], context: ReaderContext): Promise<Folded | undefined> => {
  const phones = [...new Set(batches.map(({ batch }) => batch.phone))];
  for (let attempt = 1; attempt <= attempts && context.isCurrent(); attempt += 1) {
    const known = await parts.store.load(phones, runIdsIn(batches));
    const folded = foldBatches(known, batches, parts.course());
    await publish(parts.publisher, folded);
    const conflicts = await parts.store.save(folded.runs, folded.trainees);
    if (conflicts.size === 0) return folded;
  }
  return undefined;
};

const publish = async (publisher: Publisher, { commands }: Folded): Promise<void> => {
  if (commands.length === 0) return;
  await publisher.publish(
    topics.dialogCommands,
    commands.map((command) => ({ key: command.phone, value: encodeCommand(command) })),
  );
};

const firstOffset = '0';

/** Where reading must begin again to find what is missing: after the last batch that each phone has. */
const whereToLook = async (store: ProgressStore, gaps: readonly Gap[]): Promise<string> => {
  const { trainees } = await store.load(gaps.map(({ phone }) => phone), []);
  const offsets = gaps.map(({ phone }) => trainees.get(phone)?.offset ?? firstOffset);
  return offsets.reduce((a, b) => (BigInt(a) <= BigInt(b) ? a : b));
};

const judgeGaps = async (parts: BatchParts, folded: Folded, context: ReaderContext): Promise<ReadReport['gaps']> => {
  parts.missing.mended(folded.trainees.map(({ next }) => next.phone).filter(hasNo(folded.gaps)));
  const judged = folded.gaps.map((gap) => ({ ...gap, verdict: parts.missing.judge(gap) }));
  const lookFor = judged.filter(({ verdict }) => verdict === 'lookAgain');
  if (lookFor.length > 0) context.seek(await whereToLook(parts.store, lookFor));
  return judged;
};

const hasNo =
  (gaps: readonly Gap[]) =>
  (phone: Phone): boolean =>
    gaps.every((gap) => gap.phone !== phone);

/** Keeps the projections: each batch is included once and in order, whatever comes twice or in between. */
export const handleBatches =
  (parts: BatchParts): HandleBatches =>
  async (records, context) => {
    const reads = records.map(read);
    const batches = reads.flatMap((entry, index): ReadBatch[] => {
      const record = records[index];
      if (!entry.ok || record === undefined) return [];
      return [{ index, batch: entry.batch, position: { partition: record.partition, offset: record.offset } }];
    });
    try {
      const folded = await project(parts, batches, context);
      if (folded === undefined) return records.map(() => retry('another consumer writes the same trainees'));
      const gaps = await judgeGaps(parts, folded, context);
      parts.report({
        records: records.length,
        batches: batches.length,
        commands: folded.commands.length,
        unknownEvents: batches.flatMap(({ index }) => unknownIn(reads[index])),
        gaps,
      });
      return reads.map((entry) => (entry.ok ? done : entry.outcome));
    } catch (error) {
      return records.map(() => retry(error instanceof Error ? error.message : 'a dependency is down'));
    }
  };

const unknownIn = (entry: Read | undefined): readonly string[] => (entry?.ok ? entry.batch.unknownEvents : []);
