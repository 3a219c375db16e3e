import type { EventBatch, Phone } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import {
  foldPhone,
  type Arrival,
  type Arrivals,
  type Change,
  type Documents,
  type Fold,
} from '@stopcovid/projections';
import { readBatch } from '../batches/read-batch';
import { progressDocuments, progressFold, type PhoneProgress } from '../progress/phone-progress';
import { keepersOf, noteAll } from '../projections/kept-stores';
import type { Hole } from './judge-phone';
import type { Shadow } from './rebuild-store';
import { ShadowDisturbed } from './shadow-disturbed';

/** Which batches are folded. Without it all are. */
export type Wanted = {
  readonly phone: (phone: string) => boolean;
  readonly version?: (phone: Phone, version: number) => boolean;
};

/** What folding some records came to. Unreadable records are poison to the service too: it put them aside. */
export type FoldedSlice = {
  readonly batches: number;
  readonly unreadable: number;
  /** How many phones went on. */
  readonly written: number;
};

type Readable = {
  readonly arrivals: Arrivals;
  readonly batches: number;
  readonly unreadable: number;
  readonly happened: readonly EventBatch[];
};

const readable = (records: readonly LogRecord[], wanted: Wanted | undefined): Readable => {
  let unreadable = 0;
  let batches = 0;
  const happened: EventBatch[] = [];
  const arrivals = new Map<Phone, Arrival[]>();
  for (const record of records) {
    if (wanted !== undefined && (record.key === null || !wanted.phone(record.key))) continue;
    const read = readBatch(record);
    if (!read.ok) {
      unreadable += 1;
      continue;
    }
    const { partition, offset } = record;
    const { phone, version } = read.batch;
    happened.push(read.batch);
    if (wanted?.version?.(phone, version) === false) continue;
    batches += 1;
    const own = arrivals.get(phone) ?? [];
    own.push({ batch: { ...read.batch, unknownEvents: [] }, position: { partition, offset } });
    arrivals.set(phone, own);
  }
  return { arrivals, batches, unreadable, happened };
};

const folded = async (
  documents: Documents<PhoneProgress>,
  fold: Fold<PhoneProgress>,
  arrivals: Arrivals,
): Promise<{ readonly changes: readonly Change<PhoneProgress>[]; readonly holes: readonly Hole[] }> => {
  const known = await documents.load(arrivals);
  const phones = [...arrivals].map(([phone, own]) => {
    const read = known.get(phone);
    const before = read?.kind === 'readable' ? read.value : undefined;
    return { phone, before, ...foldPhone(fold, before, own) };
  });
  return {
    changes: phones.flatMap(({ phone, before, next, included }) =>
      next === undefined || included.length === 0 ? [] : [{ phone, before, next, included }],
    ),
    holes: phones.flatMap(({ phone, gap }) =>
      gap === undefined ? [] : [{ phone, after: gap.after, found: gap.found }],
    ),
  };
};

/**
 * Folds a slice of the topic into the shadow, with the service's own rules. What follows from batches was produced when
 * the service read them: a rebuild offers nothing, and produces nothing. Throws ShadowDisturbed.
 */
export const foldIntoShadow = async (
  { store, kept, noteHoles }: Pick<Shadow, 'store' | 'kept' | 'noteHoles'>,
  records: readonly LogRecord[],
  wanted?: Wanted,
): Promise<FoldedSlice> => {
  const { arrivals, batches, unreadable, happened } = readable(records, wanted);
  await noteAll(kept, happened);
  const keepers = keepersOf(kept);
  const documents = progressDocuments(store, keepers);
  const { changes, holes } = await folded(documents, progressFold(keepers), arrivals);
  const lost = await documents.save(changes);
  if (lost.size > 0) throw new ShadowDisturbed('somebody else writes to the shadow of this rebuild');
  await noteHoles(holes);
  return { batches, unreadable, written: changes.length };
};
