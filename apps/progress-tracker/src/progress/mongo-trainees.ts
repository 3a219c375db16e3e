import {
  drillSlugSchema,
  phoneSchema,
  runIdSchema,
  timestampSchema,
  traineeSchema,
} from '@stopcovid/contracts';
import { readStored } from '@stopcovid/mongo';
import { Schema } from 'mongoose';
import { z } from 'zod';
import { given } from '../given';
import type { TraineeProgress } from './evolve-progress';
import type { Employers, PersonsPhone, TraineeFilter } from './progress-store';

/* Documents say null where the domain leaves a field out: an update sets fields, it never removes them. */
const documentSchema = z.object({
  _id: phoneSchema,
  version: z.int(),
  partition: z.int(),
  offset: z.string(),
  trainee: traineeSchema,
  firstSeenAt: z.date(),
  lastHeardAt: z.date().nullable(),
  registeredVersion: z.int().nullable(),
  runningId: runIdSchema.nullable(),
  drills: z.array(z.object({ drill: drillSlugSchema, started: z.int(), completed: z.int() })),
  /* Later than the rest. */
  erasedAt: z.date().nullable().exactOptional(),
});

/** A trainee as stored, but for the mark of its last write. */
export type TraineeDocument = z.infer<typeof documentSchema> & { readonly writeId: string };

/** The trainees by phone, in the collection named. */
export const traineesSchema = (collection: string): Schema<TraineeDocument> =>
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
      drills: [Schema.Types.Mixed],
      erasedAt: Date,
    },
    { collection, versionKey: false, minimize: false },
  )
    .index({ 'trainee.account.employerId': 1, _id: 1 })
    .index({ 'trainee.account.personId': 1 });

/** A document as the domain has it. */
export const storedTraineeSchema: z.ZodType<TraineeProgress> = documentSchema.transform(
  ({ _id, lastHeardAt, registeredVersion, runningId, erasedAt, ...rest }) => ({
    phone: _id,
    ...rest,
    ...(lastHeardAt === null ? {} : { lastHeardAt }),
    ...(registeredVersion === null ? {} : { registeredVersion }),
    ...(runningId === null ? {} : { runningId }),
    ...given({ erasedAt }),
  }),
);

/** What is set on the document of a trainee. */
export const fromTrainee = ({
  phone: _id,
  ...progress
}: TraineeProgress): Omit<TraineeDocument, '_id' | 'writeId'> => ({
  ...progress,
  drills: [...progress.drills],
  lastHeardAt: progress.lastHeardAt ?? null,
  registeredVersion: progress.registeredVersion ?? null,
  runningId: progress.runningId ?? null,
});

/** The fields that a person's phones are told apart by. */
export const personProjection = { 'trainee.account': 1, 'trainee.registration': 1 };

const personSchema = z.object({
  _id: phoneSchema,
  trainee: z.object({
    account: z.object({ employerId: z.string().optional(), personId: z.string() }),
    registration: z.object({ at: timestampSchema }),
  }),
});

/** The phone of a person; nothing where the document does not say whose it is. */
export const toPersonsPhone = (document: unknown): readonly PersonsPhone[] => {
  const read = readStored(personSchema, document);
  if (read.kind === 'unreadable') return [];
  const { _id, trainee } = read.value;
  const { employerId, personId } = trainee.account;
  const registeredAt = trainee.registration.at;
  return [{ phone: _id, personId, registeredAt, ...(employerId === undefined ? {} : { employerId }) }];
};

type Condition = Readonly<Record<string, unknown>>;

const equal = (field: string, value: string | boolean | undefined): Condition =>
  value === undefined ? {} : { [field]: { $eq: value } };

/** Nobody is of an employer by default, so what says none is of none of these. */
export const ofEmployers = (field: string, employers: Employers | undefined): Condition =>
  employers === undefined ? {} : { $and: [{ [field]: { $in: [...employers] } }] };

/** Where a trainee says of which employer they are. */
export const employerPath = 'trainee.account.employerId';

/** Whoever was erased is there for the version alone, and is told of to nobody. */
export const notErased: Condition = { erasedAt: { $eq: null } };

const registered = (wanted: boolean | undefined): Condition => {
  if (wanted === undefined) return {};
  return { 'trainee.registration': wanted ? { $ne: null } : { $eq: null } };
};

/** The query of a filter. Every value stands behind an operator of ours, so that none can bring its own. */
export const filterOf = (filter: TraineeFilter): Condition => ({
  ...notErased,
  ...ofEmployers(employerPath, filter.employers),
  ...equal(employerPath, filter.employerId),
  ...equal('trainee.account.unitId', filter.unitId),
  ...equal('trainee.account.personId', filter.personId),
  ...equal('trainee.profile.language', filter.language),
  ...equal('trainee.optedOut', filter.optedOut),
  ...registered(filter.registered),
});
