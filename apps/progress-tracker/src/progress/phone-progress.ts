import type { DialogEvent, DrillRunId, EventBatch, Phone } from '@stopcovid/contracts';
import type { Arrival, Arrivals, Change, Documents, Fold, Known } from '@stopcovid/projections';
import type { NamedKeeper } from '../projections/kept-stores';
import type { Keep } from '../projections/projection';
import { eraseRun, evolveRun, goingOn, isOfRun, supersede, type DrillRun, type RunEvent } from './drill-run';
import { erases } from '../erasure/erasure';
import { evolveProgress, type TraineeProgress } from './evolve-progress';
import type { KnownProgress, Projected, ProgressStore } from './progress-store';

/**
 * What the tracker keeps of one phone: where its trainee stands, the runs that its batches at hand speak of, and what each
 * further projection keeps.
 */
export type PhoneProgress = {
  readonly trainee?: TraineeProgress;
  readonly runs: ReadonlyMap<DrillRunId, DrillRun>;
  /** By the collection that it is kept in. */
  readonly kept: ReadonlyMap<string, unknown>;
  /** Which write left each document as it was read. */
  readonly marks: ReadonlyMap<Phone | DrillRunId, string>;
};

const blank: PhoneProgress = { runs: new Map(), kept: new Map(), marks: new Map() };

/** The run that an opt-out cut off and this event goes on with. */
const cutOffIn = (event: DialogEvent): DrillRunId | undefined =>
  event.type === 'DrillStarted' ? event.goesOn?.runId : undefined;

const runIdsOf = (event: DialogEvent): readonly DrillRunId[] => {
  if (!isOfRun(event)) return [];
  const cutOff = cutOffIn(event);
  return cutOff === undefined ? [event.runId] : [event.runId, cutOff];
};

/** The runs that some batches speak of. */
export const runIdsIn = (arrivals: readonly { readonly batch: EventBatch }[]): readonly DrillRunId[] => [
  ...new Set(arrivals.flatMap(({ batch }) => batch.events.flatMap(runIdsOf))),
];

const registers = (batch: EventBatch): boolean =>
  batch.events.some(({ type }) => type === 'TraineeRegistered');

/** Whether a batch concerns all that its phone ever began. */
const endsAll = (batch: EventBatch): boolean => registers(batch) || erases(batch);

/** A run that already includes the batch was written before a crash; the trainee was not. */
const includeInRuns = ({ runs }: PhoneProgress, { batch }: Arrival): PhoneProgress['runs'] => {
  const next = new Map(runs);
  const includes = (runId: DrillRunId): boolean => (runs.get(runId)?.version ?? 0) >= batch.version;
  const end = (runId: DrillRunId): void => {
    const run = next.get(runId);
    if (run !== undefined && !includes(runId)) next.set(runId, supersede(run, batch));
  };
  const include = (event: RunEvent, cutOff: DrillRunId | undefined): void => {
    const after = evolveRun(next.get(event.runId), { event, batch, at: new Date(batch.at) });
    if (after !== undefined)
      next.set(event.runId, cutOff === undefined ? after : goingOn(after, next.get(cutOff)));
  };
  for (const event of batch.events) {
    if (!isOfRun(event)) continue;
    const cutOff = cutOffIn(event);
    if (!includes(event.runId)) include(event, cutOff);
    /* Each run is written by itself: the later one may be there, and the earlier not yet. */
    if (cutOff !== undefined) end(cutOff);
  }
  if (registers(batch)) for (const runId of next.keys()) end(runId);
  if (erases(batch))
    for (const [runId, run] of next) if (!includes(runId)) next.set(runId, eraseRun(run, batch));
  return next;
};

const includeInKept = (
  keepers: readonly NamedKeeper[],
  { kept }: PhoneProgress,
  { arrival, after }: { readonly arrival: Arrival; readonly after: TraineeProgress },
): PhoneProgress['kept'] =>
  new Map(
    keepers.flatMap(({ collection, keeper }) => {
      const next = keeper.include(kept.get(collection), arrival, after);
      return next === undefined ? [] : [[collection, next] as const];
    }),
  );

/** What batches make of a phone's progress, and of what goes with it. */
export const progressFold = (keepers: readonly NamedKeeper[]): Fold<PhoneProgress> => ({
  reached: ({ trainee }) => {
    if (trainee === undefined) return { version: 0 };
    const { version, partition, offset } = trainee;
    return { version, position: { partition, offset } };
  },
  include: (before = blank, arrival) => {
    const trainee = evolveProgress(before.trainee, arrival.batch, arrival.position);
    return {
      trainee,
      runs: includeInRuns(before, arrival),
      kept: includeInKept(keepers, before, { arrival, after: trainee }),
      marks: before.marks,
    };
  },
});

/** What each projection keeps of one phone. */
export type KeptOfPhone = ReadonlyMap<string, Known<unknown>>;

const whyUnreadable = (
  { unreadable }: KnownProgress,
  ids: readonly string[],
  kept: KeptOfPhone,
): readonly string[] => [
  ...ids.flatMap((id) => unreadable?.get(id) ?? []),
  ...[...kept].flatMap(([collection, known]) =>
    known.kind === 'unreadable' ? [`${collection}: ${known.reason}`] : [],
  ),
];

/** The part of what is known that one phone's batches concern. */
export const progressOf = (
  known: KnownProgress,
  { phone, arrivals }: { readonly phone: Phone; readonly arrivals: readonly Arrival[] },
  found: KeptOfPhone = new Map(),
): Known<PhoneProgress> => {
  const earlier = arrivals.some(({ batch }) => endsAll(batch))
    ? [...known.runs.values()].flatMap((run) => (run.phone === phone ? [run.runId] : []))
    : [];
  const ids = [...new Set([...runIdsIn(arrivals), ...earlier])];
  const [reason] = whyUnreadable(known, [phone, ...ids], found);
  if (reason !== undefined) return { kind: 'unreadable', reason };
  const trainee = known.trainees.get(phone);
  const runs = new Map(
    ids.flatMap((id) => {
      const run = known.runs.get(id);
      return run === undefined ? [] : [[id, run] as const];
    }),
  );
  const kept = new Map(
    [...found].flatMap(([collection, one]) =>
      one.kind === 'readable' ? [[collection, one.value] as const] : [],
    ),
  );
  if (trainee === undefined && runs.size === 0 && kept.size === 0) return { kind: 'none' };
  const marks = known.marks ?? blank.marks;
  return { kind: 'readable', value: { ...(trainee === undefined ? {} : { trainee }), runs, kept, marks } };
};

const readOf = (before: PhoneProgress | undefined, id: Phone | DrillRunId, version: number | undefined) => {
  const readMark = before?.marks.get(id);
  return { readVersion: version ?? 0, ...(readMark === undefined ? {} : { readMark }) };
};

/** The documents of trainees and runs that a change writes. */
export const documentsIn = ({
  phone,
  before,
  next,
}: Change<PhoneProgress>): {
  readonly runs: readonly Projected<DrillRun>[];
  readonly trainees: readonly Projected<TraineeProgress>[];
} => ({
  runs: [...next.runs].flatMap(([id, run]) => {
    const read = before?.runs.get(id);
    return run === read ? [] : [{ next: run, ...readOf(before, id, read?.version) }];
  }),
  trainees:
    next.trainee === undefined
      ? []
      : [{ next: next.trainee, ...readOf(before, phone, before?.trainee?.version) }],
});

/** What a change writes into one of the further projections. */
const keepsIn = (
  collection: string,
  { phone, before, next }: Change<PhoneProgress>,
): readonly Keep<unknown>[] => {
  const [read, now] = [before?.kept.get(collection), next.kept.get(collection)];
  return now === undefined || now === read ? [] : [{ phone, before: read, next: now }];
};

/** Writes one projection after the other; what was lost in one is left alone in the rest. */
const saveKept = async (
  keepers: readonly NamedKeeper[],
  changes: readonly Change<PhoneProgress>[],
): Promise<ReadonlySet<Phone>> => {
  const lost = new Set<Phone>();
  for (const { collection, keeper } of keepers) {
    const open = changes.filter(({ phone }) => !lost.has(phone));
    const behind = await keeper.save(open.flatMap((change) => keepsIn(collection, change)));
    for (const phone of behind) lost.add(phone);
  }
  return lost;
};

const loadKept = (keepers: readonly NamedKeeper[], arrivals: Arrivals) =>
  Promise.all(
    keepers.map(async ({ collection, keeper }) => ({ collection, found: await keeper.load(arrivals) })),
  );

const keptOf = (loaded: Awaited<ReturnType<typeof loadKept>>, phone: Phone): KeptOfPhone =>
  new Map(loaded.map(({ collection, found }) => [collection, found.get(phone) ?? { kind: 'none' }]));

const phonesThat = (arrivals: Arrivals, are: (own: readonly Arrival[]) => boolean): readonly Phone[] =>
  [...arrivals].flatMap(([phone, own]) => (are(own) ? [phone] : []));

/** Those whose runs all change, whatever they were. */
const endingAll = (arrivals: Arrivals): readonly Phone[] =>
  phonesThat(arrivals, (own) => own.some(({ batch }) => endsAll(batch)));

/**
 * Phones without batches at hand are asked for to learn whether they can go on: all that they have is looked at, as it is
 * of those who register or are erased.
 */
const stillUnreadable = async (
  store: ProgressStore,
  arrivals: Arrivals,
): Promise<ReadonlyMap<Phone, string>> => {
  const asked = [...phonesThat(arrivals, (own) => own.length === 0), ...endingAll(arrivals)];
  return asked.length === 0 ? new Map() : store.unreadable(asked);
};

/**
 * The stores of the tracker, as the reader of batches writes them: the standing last, and so read first. Whoever sees its
 * version sees all that belongs to it, whatever another replica writes meanwhile.
 */
export const progressDocuments = (
  store: ProgressStore,
  keepers: readonly NamedKeeper[],
): Documents<PhoneProgress> => ({
  load: async (arrivals) => {
    const runIds = runIdsIn([...arrivals.values()].flat());
    const known = await store.load([...arrivals.keys()], runIds, endingAll(arrivals));
    const kept = await loadKept(keepers, arrivals);
    const unreadable = await stillUnreadable(store, arrivals);
    return new Map(
      [...arrivals].map(([phone, own]): [Phone, Known<PhoneProgress>] => {
        const reason = unreadable.get(phone);
        if (reason !== undefined) return [phone, { kind: 'unreadable', reason }];
        return [phone, progressOf(known, { phone, arrivals: own }, keptOf(kept, phone))];
      }),
    );
  },
  save: async (changes) => {
    const lost = await saveKept(keepers, changes);
    const documents = changes.filter(({ phone }) => !lost.has(phone)).map(documentsIn);
    const behind = await store.save(
      documents.flatMap(({ runs }) => runs),
      documents.flatMap(({ trainees }) => trainees),
    );
    return new Set([...lost, ...behind]);
  },
});
