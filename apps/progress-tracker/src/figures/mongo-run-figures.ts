import { modelOf, readStored } from '@stopcovid/mongo';
import { phoneSchema } from '@stopcovid/contracts';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import type { DrillRun } from '../progress/drill-run';
import { liveCollections } from '../progress/mongo-progress-store';
import { localDate, runsSchema, storedRunSchema } from '../progress/mongo-runs';
import { ofEmployers } from '../progress/mongo-trainees';
import { addRunCounts } from './run-facts';
import {
  groupKeys,
  type CountedGroup,
  type GroupKey,
  type ListedRuns,
  type ReplyDay,
  type RunCounts,
  type RunExtent,
  type RunFigures,
  type RunFilter,
  type RunPlace,
} from './run-figures';

const pathOf: Readonly<Record<GroupKey, string>> = {
  employerId: 'groups.employerId',
  unitId: 'groups.unitId',
  label: 'groups.labels',
  drill: 'drill',
  revision: 'revision',
  language: 'groups.language',
  reason: 'reason',
  day: 'groups.day',
};

const countNames = Object.keys(addRunCounts([])) as (keyof RunCounts)[];

type Conditions = Record<string, unknown>;

const spanOf = ({ from, until }: RunFilter): Conditions | undefined =>
  from === undefined && until === undefined
    ? undefined
    : { ...(from && { $gte: from }), ...(until && { $lt: until }) };

const exactOf = ({ from: _from, until: _until, employers, ...exact }: RunFilter): Conditions => ({
  ...ofEmployers(pathOf.employerId, employers),
  ...Object.fromEntries(
    Object.entries(exact).flatMap(([key, wanted]) =>
      wanted === undefined ? [] : [[pathOf[key as GroupKey], wanted]],
    ),
  ),
});

const fittingIn = (filter: RunFilter): Conditions => {
  const span = spanOf(filter);
  return { ...(span && { 'groups.day': span }), ...exactOf(filter) };
};

/* What counts in no figure has counted as none assigned. */
const counting: Conditions = { 'counts.assigned': 1 };

const matchOf = (filter: RunFilter): Conditions => ({ ...counting, ...fittingIn(filter) });

const changed = (since: Date): Conditions => ({
  'changed.at': { $gte: since },
  'groups.demo': false,
  repeatsOnly: { $exists: false },
});

const from = ({ day, runId, included }: RunPlace): Conditions => ({
  $or: [{ 'groups.day': { $gt: day } }, { 'groups.day': day, _id: { [included ? '$gte' : '$gt']: runId } }],
});

const listedFrom = (
  { status, changedSince, ...filter }: ListedRuns,
  place: RunPlace | undefined,
): Conditions => ({
  ...(status && { status }),
  ...(changedSince ? changed(changedSince) : counting),
  $and: [fittingIn(filter), ...(place === undefined ? [] : [from(place)])],
});

/* Days of demonstrations are not kept. */
const repliedIn = (filter: RunFilter): Conditions => {
  const span = spanOf(filter);
  return { replyDays: span ? { $elemMatch: span } : { $exists: true }, ...exactOf(filter) };
};

const countsSchema = z.object(
  Object.fromEntries(countNames.map((name) => [name, z.int()])) as Record<keyof RunCounts, z.ZodInt>,
);
const nameSchema = z.partialRecord(z.enum(groupKeys), z.string().nullable());
const groupSchema = countsSchema.extend({ _id: nameSchema });

const toGroup = (document: unknown): CountedGroup => {
  const { _id: name, ...counts } = groupSchema.parse(document);
  return { name, counts };
};

const extentSchema = z.object({
  _id: nameSchema,
  trainees: z.int(),
  runs: z.int(),
  completed: z.int(),
  lastDay: localDate,
});

const toExtent = (document: unknown): RunExtent => {
  const { _id: name, ...extent } = extentSchema.parse(document);
  return { name, ...extent };
};

const replyDaySchema = z.object({ name: nameSchema, phone: phoneSchema, replied: localDate });

const toReplyDay = ({ _id }: { readonly _id: unknown }): ReplyDay => {
  const { name, phone, replied: day } = replyDaySchema.parse(_id);
  return { name, phone, day };
};

const namesOf = (by: readonly GroupKey[]) =>
  Object.fromEntries(by.map((key) => [key, { $ifNull: [`$${pathOf[key]}`, null] }]));

const perLabel = (by: readonly GroupKey[]) =>
  by.includes('label') ? [{ $unwind: { path: `$${pathOf.label}`, preserveNullAndEmptyArrays: true } }] : [];

const sums = Object.fromEntries(countNames.map((name) => [name, { $sum: `$counts.${name}` }]));

const added = { runs: { $sum: '$runs' }, completed: { $sum: '$completed' }, lastDay: { $max: '$lastDay' } };

/* By trainee first, so that nothing is held of a group but its sums. */
const extentsBy = (by: readonly GroupKey[]) => [
  ...perLabel(by),
  {
    $group: {
      _id: { name: namesOf(by), phone: '$phone' },
      runs: { $sum: '$counts.assigned' },
      completed: { $sum: '$counts.completed' },
      lastDay: { $max: '$groups.day' },
    },
  },
  { $group: { _id: '$_id.name', trainees: { $sum: 1 }, ...added } },
];

async function* readable(documents: AsyncIterable<object>): AsyncIterable<DrillRun> {
  for await (const document of documents) {
    const read = readStored(storedRunSchema, document);
    if (read.kind === 'readable') yield read.value;
  }
}

/** Figures over the runs in MongoDB. Days, weeks and rates are not its business. */
export const mongoRunFigures = (connection: Connection): RunFigures => {
  const runs = modelOf(connection, liveCollections.runs, runsSchema(liveCollections.runs)).collection;
  return {
    counts: async (filter, by) => {
      const groups = await runs
        .aggregate([{ $match: matchOf(filter) }, ...perLabel(by), { $group: { _id: namesOf(by), ...sums } }])
        .toArray();
      return groups.map(toGroup);
    },
    extents: async (filter, by) =>
      (await runs.aggregate([{ $match: matchOf(filter) }, ...extentsBy(by)]).toArray()).map(toExtent),
    runs: (filter) => readable(runs.find(matchOf(filter)).batchSize(200)),
    inOrder: (listed, place) =>
      readable(runs.find(listedFrom(listed, place)).sort({ 'groups.day': 1, _id: 1 }).batchSize(200)),
    async *replyDays(filter, by) {
      const span = spanOf(filter);
      const keys = by.filter((key) => key !== 'day');
      const found = runs.aggregate<{ _id: unknown }>([
        { $match: repliedIn(filter) },
        { $unwind: '$replyDays' },
        ...(span ? [{ $match: { replyDays: span } }] : []),
        ...perLabel(keys),
        { $group: { _id: { name: namesOf(keys), phone: '$phone', replied: '$replyDays' } } },
      ]);
      for await (const document of found) yield toReplyDay(document);
    },
  };
};
