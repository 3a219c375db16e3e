import { compareAndSet, ensureIndexes, type Versioned } from '@stopcovid/mongo';
import {
  drillHashSchema,
  drillSlugSchema,
  phoneSchema,
  promptSlugSchema,
  runIdSchema,
  traineeSchema,
  type Phone,
} from '@stopcovid/contracts';
import { Schema, type Connection } from 'mongoose';
import type { DrillRun, PromptProgress } from './drill-run';
import type { ProgressStore, Projected, TraineeFilter } from './progress-store';
import type { TraineeProgress } from './trainee-progress';

/* Documents say null where the domain leaves a field out: an update sets fields, it never removes them. */
type TraineeDocument = Versioned & {
  readonly partition: number;
  readonly offset: string;
  readonly trainee: object;
  readonly firstSeenAt: Date;
  readonly lastHeardAt: Date | null;
  readonly registeredVersion: number | null;
  readonly runningId: string | null;
  readonly drills: readonly {
    readonly drill: string;
    readonly started: number;
    readonly completed: number;
  }[];
};

type PromptDocument = {
  readonly prompt: string;
  readonly askedAt: Date;
  readonly attempts: number;
  readonly correct: boolean | null;
  readonly answered: boolean;
  readonly lastResponse: string | null;
  readonly lastRespondedAt: Date | null;
  readonly remindedAt: Date | null;
};

type RunDocument = Versioned & {
  readonly phone: string;
  readonly startedVersion: number;
  readonly drill: string;
  readonly revision: string;
  readonly reason: string;
  readonly status: DrillRun['status'];
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly abandonedBecause: string | null;
  readonly right: number | null;
  readonly graded: number | null;
  readonly prompts: readonly PromptDocument[];
};

const traineeSchemaOf = (): Schema<TraineeDocument> =>
  new Schema<TraineeDocument>(
    {
      _id: String,
      version: Number,
      partition: Number,
      offset: String,
      trainee: Schema.Types.Mixed,
      firstSeenAt: Date,
      lastHeardAt: Date,
      registeredVersion: Number,
      runningId: String,
      drills: [{ _id: false, drill: String, started: Number, completed: Number }],
    },
    { collection: 'trainees', versionKey: false },
  )
    .index({ 'trainee.account.employerId': 1, _id: 1 })
    .index({ 'trainee.account.personId': 1 });

const runSchemaOf = (): Schema<RunDocument> =>
  new Schema<RunDocument>(
    {
      _id: String,
      version: Number,
      phone: String,
      startedVersion: Number,
      drill: String,
      revision: String,
      reason: String,
      status: String,
      startedAt: Date,
      endedAt: Date,
      abandonedBecause: String,
      right: Number,
      graded: Number,
      prompts: [Schema.Types.Mixed],
    },
    { collection: 'drill_runs', versionKey: false },
  )
    .index({ phone: 1, startedVersion: -1 })
    .index({ drill: 1, status: 1 });

/** The given fields, without those that are null. */
const present = <T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };

const toTrainee = (document: TraineeDocument): TraineeProgress => ({
  phone: phoneSchema.parse(document._id),
  version: document.version,
  partition: document.partition,
  offset: document.offset,
  trainee: traineeSchema.parse(document.trainee),
  firstSeenAt: document.firstSeenAt,
  drills: document.drills.map(({ drill, started, completed }) => ({
    drill: drillSlugSchema.parse(drill),
    started,
    completed,
  })),
  ...present({
    lastHeardAt: document.lastHeardAt,
    registeredVersion: document.registeredVersion,
    runningId: document.runningId === null ? null : runIdSchema.parse(document.runningId),
  }),
});

const fromTrainee = ({
  phone: _key,
  ...progress
}: TraineeProgress): Omit<TraineeDocument, '_id' | 'writeId'> => ({
  ...progress,
  lastHeardAt: progress.lastHeardAt ?? null,
  registeredVersion: progress.registeredVersion ?? null,
  runningId: progress.runningId ?? null,
});

const toPrompt = (document: PromptDocument): PromptProgress => ({
  prompt: promptSlugSchema.parse(document.prompt),
  askedAt: document.askedAt,
  attempts: document.attempts,
  ...(document.answered ? { lastResponse: document.lastResponse } : {}),
  ...present({
    correct: document.correct,
    lastRespondedAt: document.lastRespondedAt,
    remindedAt: document.remindedAt,
  }),
});

const fromPrompt = (progress: PromptProgress): PromptDocument => ({
  prompt: progress.prompt,
  askedAt: progress.askedAt,
  attempts: progress.attempts,
  correct: progress.correct ?? null,
  answered: progress.lastResponse !== undefined,
  lastResponse: progress.lastResponse ?? null,
  lastRespondedAt: progress.lastRespondedAt ?? null,
  remindedAt: progress.remindedAt ?? null,
});

const toRun = (document: RunDocument): DrillRun => ({
  runId: runIdSchema.parse(document._id),
  phone: phoneSchema.parse(document.phone),
  version: document.version,
  startedVersion: document.startedVersion,
  drill: drillSlugSchema.parse(document.drill),
  revision: drillHashSchema.parse(document.revision),
  reason: document.reason,
  status: document.status,
  startedAt: document.startedAt,
  prompts: document.prompts.map(toPrompt),
  ...present({
    endedAt: document.endedAt,
    abandonedBecause: document.abandonedBecause,
    right: document.right,
    graded: document.graded,
  }),
});

const fromRun = ({ runId: _key, ...run }: DrillRun): Omit<RunDocument, '_id' | 'writeId'> => ({
  ...run,
  endedAt: run.endedAt ?? null,
  abandonedBecause: run.abandonedBecause ?? null,
  right: run.right ?? null,
  graded: run.graded ?? null,
  prompts: run.prompts.map(fromPrompt),
});

const filterOf = (filter: TraineeFilter, after: Phone | undefined): Record<string, unknown> =>
  present({
    _id: after === undefined ? null : { $gt: after },
    'trainee.account.employerId': filter.employerId === undefined ? null : { $eq: filter.employerId },
    'trainee.account.unitId': filter.unitId === undefined ? null : { $eq: filter.unitId },
    'trainee.account.personId': filter.personId === undefined ? null : { $eq: filter.personId },
    'trainee.profile.language': filter.language === undefined ? null : { $eq: filter.language },
    'trainee.optedOut': filter.optedOut === undefined ? null : { $eq: filter.optedOut },
    'trainee.registration':
      filter.registered === undefined ? null : filter.registered ? { $ne: null } : { $eq: null },
  });

/** Projections in MongoDB: `trainees` by phone and `drill_runs` by run. */
export const mongoProgressStore = async (connection: Connection): Promise<ProgressStore> => {
  const trainees = connection.model('Trainee', traineeSchemaOf());
  const runs = connection.model('DrillRun', runSchemaOf());
  await ensureIndexes(connection, [trainees, runs]);

  const saveRuns = async (changed: readonly Projected<DrillRun>[]): Promise<ReadonlySet<Phone>> => {
    const changes = changed.map(({ next, readVersion }) => ({
      id: next.runId,
      expected: readVersion,
      set: fromRun(next),
    }));
    const { conflicts } = await compareAndSet<RunDocument>(runs.collection, changes);
    return new Set(changed.flatMap(({ next }) => (conflicts.has(next.runId) ? [next.phone] : [])));
  };
  const saveTrainees = async (
    changed: readonly Projected<TraineeProgress>[],
  ): Promise<ReadonlySet<Phone>> => {
    const changes = changed.map(({ next, readVersion }) => ({
      id: next.phone,
      expected: readVersion,
      set: fromTrainee(next),
    }));
    const { conflicts } = await compareAndSet<TraineeDocument>(trainees.collection, changes);
    return new Set(changed.flatMap(({ next }) => (conflicts.has(next.phone) ? [next.phone] : [])));
  };

  return {
    load: async (phones, runIds) => {
      const [people, drills] = await Promise.all([
        trainees.find({ _id: { $in: [...phones] } }).lean<TraineeDocument[]>(),
        runIds.length === 0 ? [] : runs.find({ _id: { $in: [...runIds] } }).lean<RunDocument[]>(),
      ]);
      return {
        trainees: new Map(people.map(toTrainee).map((progress) => [progress.phone, progress])),
        runs: new Map(drills.map(toRun).map((run) => [run.runId, run])),
      };
    },
    save: async (changedRuns, changedTrainees) => {
      const lost = await saveRuns(changedRuns);
      const kept = changedTrainees.filter(({ next }) => !lost.has(next.phone));
      return new Set([...lost, ...(await saveTrainees(kept))]);
    },
    trainee: async (phone) => {
      const document = await trainees.findById(phone).lean<TraineeDocument | null>();
      return document === null ? undefined : toTrainee(document);
    },
    runsOf: async (phone, limit) => {
      const found = await runs
        .find({ phone })
        .sort({ startedVersion: -1 })
        .limit(limit)
        .lean<RunDocument[]>();
      return found.map(toRun);
    },
    trainees: async (filter, { after, limit }) => {
      const found = await trainees
        .find(filterOf(filter, after))
        .sort({ _id: 1 })
        .limit(limit + 1)
        .lean<TraineeDocument[]>();
      const items = found.slice(0, limit).map(toTrainee);
      const last = items.at(-1);
      return found.length > limit && last ? { items, next: last.phone } : { items };
    },
  };
};
