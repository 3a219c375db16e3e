import type { DrillRunId, EventBatch, Phone } from '@stopcovid/contracts';
import type { Arrival, Arrivals, Change, Documents, Fold, Known } from '@stopcovid/projections';
import { evolveSchedule } from '../clock/evolve-schedule';
import type { PhoneSchedule } from '../clock/phone-schedule';
import type { PhoneSchedules, ScheduleWrite } from '../clock/phone-schedules';
import { evolveRun, isOfRun, type DrillRun } from './drill-run';
import { evolveProgress, type TraineeProgress } from './evolve-progress';
import type { KnownProgress, Projected, ProgressStore } from './progress-store';

/** What the tracker keeps of one phone: where its trainee stands, and the runs that its batches at hand speak of. */
export type PhoneProgress = {
  readonly trainee?: TraineeProgress;
  readonly runs: ReadonlyMap<DrillRunId, DrillRun>;
  readonly schedule?: PhoneSchedule;
  /** Which write left each document as it was read. */
  readonly marks: ReadonlyMap<Phone | DrillRunId, string>;
};

const blank: PhoneProgress = { runs: new Map(), marks: new Map() };

/** The runs that some batches speak of. */
export const runIdsIn = (arrivals: readonly { readonly batch: EventBatch }[]): readonly DrillRunId[] => [
  ...new Set(
    arrivals.flatMap(({ batch }) => batch.events.flatMap((event) => (isOfRun(event) ? [event.runId] : []))),
  ),
];

/** A run that already includes the batch was written before a crash; the trainee was not. */
const includeInRuns = ({ runs }: PhoneProgress, { batch }: Arrival): PhoneProgress['runs'] => {
  const next = new Map(runs);
  for (const event of batch.events) {
    if (!isOfRun(event) || (runs.get(event.runId)?.version ?? 0) >= batch.version) continue;
    const after = evolveRun(next.get(event.runId), { event, batch, at: new Date(batch.at) });
    if (after !== undefined) next.set(event.runId, after);
  }
  return next;
};

/** What batches make of a phone's progress. */
export const progressFold: Fold<PhoneProgress> = {
  reached: ({ trainee }) => {
    if (trainee === undefined) return { version: 0 };
    const { version, partition, offset } = trainee;
    return { version, position: { partition, offset } };
  },
  include: (before = blank, arrival) => {
    const trainee = evolveProgress(before.trainee, arrival.batch, arrival.position);
    const schedule = evolveSchedule(before.schedule, arrival.batch, trainee);
    return {
      trainee,
      runs: includeInRuns(before, arrival),
      ...(schedule === undefined ? {} : { schedule }),
      marks: before.marks,
    };
  },
};

const whyUnreadable = (
  { unreadable }: KnownProgress,
  ids: readonly string[],
  planned: Known<PhoneSchedule>,
): readonly string[] => [
  ...ids.flatMap((id) => unreadable?.get(id) ?? []),
  ...(planned.kind === 'unreadable' ? [`schedule: ${planned.reason}`] : []),
];

/** The part of what is known that one phone's batches concern. */
export const progressOf = (
  known: KnownProgress,
  phone: Phone,
  arrivals: readonly Arrival[],
): Known<PhoneProgress> => {
  const ids = runIdsIn(arrivals);
  const planned = known.schedules?.get(phone) ?? { kind: 'none' };
  const [reason] = whyUnreadable(known, [phone, ...ids], planned);
  if (reason !== undefined) return { kind: 'unreadable', reason };
  const trainee = known.trainees.get(phone);
  const runs = new Map(
    ids.flatMap((id) => {
      const run = known.runs.get(id);
      return run === undefined ? [] : [[id, run] as const];
    }),
  );
  const schedule = planned.kind === 'readable' ? { schedule: planned.value } : {};
  if (trainee === undefined && runs.size === 0 && planned.kind === 'none') return { kind: 'none' };
  const marks = known.marks ?? blank.marks;
  return {
    kind: 'readable',
    value: { ...(trainee === undefined ? {} : { trainee }), runs, ...schedule, marks },
  };
};

const readOf = (before: PhoneProgress | undefined, id: Phone | DrillRunId, version: number | undefined) => {
  const readMark = before?.marks.get(id);
  return { readVersion: version ?? 0, ...(readMark === undefined ? {} : { readMark }) };
};

/** The documents that a change writes. */
export const documentsIn = ({
  phone,
  before,
  next,
}: Change<PhoneProgress>): {
  readonly runs: readonly Projected<DrillRun>[];
  readonly trainees: readonly Projected<TraineeProgress>[];
  readonly schedules: readonly ScheduleWrite[];
} => ({
  schedules:
    next.schedule === undefined || next.schedule === before?.schedule
      ? []
      : [{ before: before?.schedule, next: next.schedule }],
  runs: [...next.runs].flatMap(([id, run]) => {
    const read = before?.runs.get(id);
    return run === read ? [] : [{ next: run, ...readOf(before, id, read?.version) }];
  }),
  trainees:
    next.trainee === undefined
      ? []
      : [{ next: next.trainee, ...readOf(before, phone, before?.trainee?.version) }],
});

/** Phones without batches at hand are asked for to learn whether they can go on: all that they have is looked at. */
const stillUnreadable = async (
  store: ProgressStore,
  arrivals: Arrivals,
): Promise<ReadonlyMap<Phone, string>> => {
  const asked = [...arrivals].flatMap(([phone, own]) => (own.length === 0 ? [phone] : []));
  return asked.length === 0 ? new Map() : store.unreadable(asked);
};

/**
 * The stores of the tracker, as the reader of batches writes them: the schedule first and the standing last, so that
 * whoever sees the standing's version sees all that belongs to it.
 */
export const progressDocuments = (
  store: ProgressStore,
  schedules: PhoneSchedules,
): Documents<PhoneProgress> => ({
  load: async (arrivals) => {
    const phones = [...arrivals.keys()];
    const [progress, planned] = await Promise.all([
      store.load(phones, runIdsIn([...arrivals.values()].flat())),
      schedules.load(phones),
    ]);
    const known = { ...progress, schedules: planned };
    const unreadable = await stillUnreadable(store, arrivals);
    return new Map(
      [...arrivals].map(([phone, own]): [Phone, Known<PhoneProgress>] => {
        const reason = unreadable.get(phone);
        return [phone, reason === undefined ? progressOf(known, phone, own) : { kind: 'unreadable', reason }];
      }),
    );
  },
  save: async (changes) => {
    const documents = changes.map(documentsIn);
    const lost = await schedules.save(documents.flatMap((each) => each.schedules));
    const kept = changes.flatMap(({ phone }, index) => (lost.has(phone) ? [] : (documents[index] ?? [])));
    const behind = await store.save(
      kept.flatMap(({ runs }) => runs),
      kept.flatMap(({ trainees }) => trainees),
    );
    return new Set([...lost, ...behind]);
  },
});
