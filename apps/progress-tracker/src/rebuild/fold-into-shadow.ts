import { orderOf, type Phone } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { readBatch } from '../batches/read-batch';
import { consentChangesIn, type ConsentChange } from '../consent/consent-change';
import { foldBatches, type ReadBatch } from '../progress/fold-batches';
import { runIdsIn } from '../progress/phone-progress';
import type { Offer } from '../progress/offer';
import type { KnownProgress } from '../progress/progress-store';
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

/* What follows from batches was produced when the service read them: a rebuild offers nothing, and produces nothing. */
const nothing: Offer = { slug: 'nothing', drills: [], known: new Set() };

type InOrder = { readonly batches: readonly ReadBatch[]; readonly holes: readonly Hole[] };

/** The batches that follow one another, and where one is missing. */
export const inOrder = (known: KnownProgress, batches: readonly ReadBatch[]): InOrder => {
  const reached = new Map<Phone, number>();
  const holes = new Map<Phone, Hole>();
  const following = batches.filter(({ batch: { phone, version } }) => {
    const after = reached.get(phone) ?? known.trainees.get(phone)?.version ?? 0;
    const order = orderOf(after, version);
    if (order === 'next') reached.set(phone, version);
    if (order === 'gap' && !holes.has(phone)) holes.set(phone, { phone, after, found: version });
    return order === 'next';
  });
  return { batches: following, holes: [...holes.values()] };
};

const readable = (
  records: readonly LogRecord[],
  wanted: Wanted | undefined,
): {
  readonly batches: readonly ReadBatch[];
  readonly unreadable: number;
  readonly happened: readonly ConsentChange[];
} => {
  let unreadable = 0;
  const happened: ConsentChange[] = [];
  const batches = records.flatMap((record, index): readonly ReadBatch[] => {
    if (wanted !== undefined && (record.key === null || !wanted.phone(record.key))) return [];
    const read = readBatch(record);
    if (!read.ok) {
      unreadable += 1;
      return [];
    }
    const { partition, offset } = record;
    const { phone, version } = read.batch;
    happened.push(...consentChangesIn(read.batch));
    if (wanted?.version?.(phone, version) === false) return [];
    return [{ index, batch: read.batch, position: { partition, offset } }];
  });
  return { batches, unreadable, happened };
};

/** Folds a slice of the topic into the shadow, with the service's own rules. Throws ShadowDisturbed. */
export const foldIntoShadow = async (
  { store, schedules, consents, noteHoles }: Pick<Shadow, 'store' | 'schedules' | 'consents' | 'noteHoles'>,
  records: readonly LogRecord[],
  wanted?: Wanted,
): Promise<FoldedSlice> => {
  const { batches, unreadable, happened } = readable(records, wanted);
  await consents.keep(happened);
  if (batches.length === 0) return { batches: 0, unreadable, written: 0 };
  const phones = [...new Set(batches.map(({ batch }) => batch.phone))];
  const known = {
    ...(await store.load(phones, runIdsIn(batches))),
    schedules: await schedules.load(phones),
  };
  const following = inOrder(known, batches);
  const folded = foldBatches(known, following.batches, nothing);
  const { runs, trainees } = folded;
  const taken = await schedules.save(folded.schedules);
  const conflicts = await store.save(runs, trainees);
  if (taken.size + conflicts.size > 0)
    throw new ShadowDisturbed('somebody else writes to the shadow of this rebuild');
  await noteHoles(following.holes);
  return { batches: batches.length, unreadable, written: trainees.length };
};
