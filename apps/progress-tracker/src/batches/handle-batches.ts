import { encodeCommand, topics, type DialogCommand, type Phone } from '@stopcovid/contracts';
import {
  done,
  PublishFailed,
  retry,
  type BatchContext,
  type LogRecord,
  type Outcome,
  type Publisher,
} from '@stopcovid/kafka';
import { isMongoOutage } from '@stopcovid/mongo';
import { consentChangesIn } from '../consent/consent-change';
import type { ConsentLedger } from '../consent/consent-ledger';
import { foldBatches, runIdsIn, type Gap, type ReadBatch } from '../progress/fold-batches';
import type { Offer } from '../progress/offer';
import type { ProgressStore } from '../progress/progress-store';
import type { GapVerdict, MissingBatches } from './missing-batches';
import { readBatch, type ReadRecord } from './read-batch';

/** Takes a slice of one partition's records; answers one outcome per record, in their order. */
export type HandleBatches = (
  records: readonly LogRecord[],
  context: ReaderContext,
) => Promise<readonly Outcome[]>;

/** What of a batch's surroundings the projections depend on. */
export type ReaderContext = Pick<BatchContext, 'topic' | 'partition' | 'isCurrent' | 'seek' | 'signal'>;

/** A gap, and what is done about it. */
export type JudgedGap = Gap & { readonly verdict: GapVerdict };

/** What one slice came to. */
export type ReadReport = {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly LogRecord[];
  readonly batches: number;
  readonly commands: number;
  readonly unknownEvents: readonly string[];
  readonly gaps: readonly JudgedGap[];
  /** How many phones are parked by now. */
  readonly parked: number;
  readonly ms: number;
  /** Why nothing was written, when nothing was. */
  readonly waiting?: unknown;
};

/** What the projections are kept with. */
export type BatchParts = {
  readonly store: ProgressStore;
  /** Where opt-ins and opt-outs are kept, if they are. */
  readonly consents?: Pick<ConsentLedger, 'keep'>;
  readonly publisher: Publisher;
  readonly offer: () => Offer;
  readonly missing: MissingBatches;
  readonly report: (report: ReadReport) => void;
};

type Progress = {
  readonly moved: ReadonlySet<Phone>;
  readonly commands: number;
  readonly gaps: readonly Gap[];
};
type Slice = Progress | { readonly waiting: unknown };

/** Keeps the projections: each batch is included once and in order, whatever comes twice or is missing in between. */
export const handleBatches =
  (parts: BatchParts): HandleBatches =>
  async (records, context) => {
    const startedAt = performance.now();
    const reads = records.map(readBatch);
    const batches = batchesOf(records, reads);
    const slice = await projectOrWait(parts, batches, context);
    const gaps = 'waiting' in slice ? [] : judgeGaps(parts, slice, context);
    parts.report({
      topic: context.topic,
      partition: context.partition,
      records,
      batches: batches.length,
      unknownEvents: reads.flatMap((read) => (read.ok ? read.batch.unknownEvents : [])),
      gaps,
      parked: parts.missing.parked,
      ms: performance.now() - startedAt,
      ...('waiting' in slice ? { commands: 0, waiting: slice.waiting } : { commands: slice.commands }),
    });
    const outcome = 'waiting' in slice ? retry(reasonOf(slice.waiting)) : done;
    return reads.map((read) => (read.ok ? outcome : read.outcome));
  };

const batchesOf = (records: readonly LogRecord[], reads: readonly ReadRecord[]): readonly ReadBatch[] =>
  records.flatMap(({ partition, offset }, index) => {
    const read = reads[index];
    return read?.ok ? [{ index, batch: read.batch, position: { partition, offset } }] : [];
  });

const reasonOf = (waiting: unknown): string =>
  waiting instanceof Error ? `${waiting.name}: ${waiting.message}` : String(waiting);

/** Only what waiting can heal is waited for. Anything else is a mistake of ours: the transport finds its record. */
const projectOrWait = async (
  parts: BatchParts,
  batches: readonly ReadBatch[],
  context: ReaderContext,
): Promise<Slice> => {
  try {
    return (
      (await project(parts, batches, context)) ?? { waiting: 'another consumer writes the same trainees' }
    );
  } catch (error) {
    if (error instanceof PublishFailed || isMongoOutage(error)) return { waiting: error };
    throw error;
  }
};

const attempts = 5;

/**
 * Commands go out before the projection is written: a crash between the two produces them again under the same ids.
 * The other way round they would be lost. What another writer changed first is read and folded again.
 */
const project = async (
  parts: BatchParts,
  batches: readonly ReadBatch[],
  context: ReaderContext,
): Promise<Progress | undefined> => {
  const phones = [...new Set(batches.map(({ batch }) => batch.phone))];
  const moved = new Set<Phone>();
  /* What happened has happened, whichever batches are still missing: each change is kept under its event's id. */
  await parts.consents?.keep(batches.flatMap(({ batch }) => consentChangesIn(batch)));
  let commands = 0;
  for (let attempt = 1; attempt <= attempts && context.isCurrent(); attempt += 1) {
    const known = await parts.store.load(phones, runIdsIn(batches));
    const folded = foldBatches(known, batches, parts.offer());
    await publish(parts.publisher, folded.commands);
    commands += folded.commands.length;
    const conflicts = await parts.store.save(folded.runs, folded.trainees);
    for (const { next } of folded.trainees) if (!conflicts.has(next.phone)) moved.add(next.phone);
    if (conflicts.size === 0) return { moved, commands, gaps: folded.gaps };
  }
  return undefined;
};

const publish = async (publisher: Publisher, commands: readonly DialogCommand[]): Promise<void> => {
  if (commands.length === 0) return;
  await publisher.publish(
    topics.dialogCommands,
    commands.map((command) => ({ key: command.phone, value: encodeCommand(command) })),
  );
};

const judgeGaps = (
  parts: BatchParts,
  { moved, gaps }: Progress,
  context: ReaderContext,
): readonly JudgedGap[] => {
  parts.missing.mended(moved);
  const judged = gaps.map((gap) => ({ ...gap, verdict: parts.missing.judge(gap, context.signal) }));
  const offsets = judged.flatMap((gap) => (gap.verdict === 'lookAgain' ? [whereToLook(gap, context)] : []));
  if (offsets.length > 0) context.seek(offsets.reduce((a, b) => (BigInt(a) <= BigInt(b) ? a : b)));
  return judged;
};

/** Reading begins again at the last batch that the phone has; at the very beginning when that is not known here. */
const whereToLook = ({ last }: Gap, { partition }: ReaderContext): string =>
  last?.partition === partition ? last.offset : '0';
