import { modelOf } from '@stopcovid/mongo';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import { liveCollections } from '../progress/mongo-progress-store';
import { localDate, runDocumentSchema, runsSchema } from '../progress/mongo-runs';
import { ofEmployers } from '../progress/mongo-trainees';
import { readDocument } from '../progress/read-document';
import { isWithin, namesOf } from './grouped';
import { addAlike, alikeBy, nameSchema, namesBy, perLabelOf, spanOf, type Paths } from './mongo-groups';
import type { Found } from './mongo-batches';
import { listedRunsIn } from './mongo-listed-runs';
import { answeredRuns, projectionOf, questionedRuns, readRuns, wholeRuns } from './mongo-run-depths';
import { questionTablesOf } from './question-tables-of-runs';
import {
  type GroupKey,
  type ListedRuns,
  type ReplyDay,
  type RunDepth,
  type RunDepths,
  type RunExtent,
  type RunFigures,
  type RunFilter,
  type RunPlace,
} from './run-figures';

const paths: Paths = {
  employerId: 'groups.employerId',
  unitId: 'groups.unitId',
  label: 'groups.labels',
  drill: 'drill',
  revision: 'revision',
  language: 'groups.language',
  reason: 'reason',
  day: 'groups.day',
};

type Conditions = Record<string, unknown>;

const exactOf = ({ from: _from, until: _until, employers, ...exact }: RunFilter): Conditions => ({
  ...ofEmployers(paths.employerId, employers),
  ...Object.fromEntries(
    Object.entries(exact).flatMap(([key, wanted]) =>
      wanted === undefined ? [] : [[paths[key as GroupKey], wanted]],
    ),
  ),
});

const fittingIn = (filter: RunFilter): Conditions => {
  const span = spanOf(filter);
  return { ...(span && { 'groups.day': span }), ...exactOf(filter) };
};

const withIds = (ids: readonly string[]): Conditions => ({ _id: { $in: ids } });

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

/* Of some hundred bytes each. */
const atOnce = 10_000;
const repliesAtOnce = 5_000;

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

const repliedSchema = runDocumentSchema
  .pick({ phone: true, drill: true, revision: true, reason: true, groups: true, replyDays: true })
  .required({ groups: true, replyDays: true });

/* Each once: the database takes four times as long to tell what is twice as to hand it over. */
async function* replyDaysIn(
  found: AsyncIterable<unknown>,
  filter: RunFilter,
  by: readonly GroupKey[],
): AsyncGenerator<ReplyDay> {
  const told = new Set<string>();
  const isNew = ({ name, phone, day }: ReplyDay): boolean =>
    told.size < told.add(JSON.stringify([phone, day, ...by.map((key) => name[key])])).size;
  for await (const document of found) {
    const { phone, replyDays, ...run } = readDocument(repliedSchema, liveCollections.runs, document);
    const days = replyDays.filter((day) => isWithin(day, filter));
    yield* namesOf(run, by)
      .flatMap((name) => days.map((day) => ({ name, phone, day })))
      .filter(isNew);
  }
}

const added = { runs: { $sum: '$runs' }, completed: { $sum: '$completed' }, lastDay: { $max: '$lastDay' } };

/* By trainee first, so that nothing is held of a group but its sums. */
const extentsBy = (by: readonly GroupKey[]) => [
  ...perLabelOf(paths, by),
  {
    $group: {
      _id: { name: namesBy(paths, by), phone: '$phone' },
      runs: { $sum: '$counts.assigned' },
      completed: { $sum: '$counts.completed' },
      lastDay: { $max: '$groups.day' },
    },
  },
  { $group: { _id: '$_id.name', trainees: { $sum: 1 }, ...added } },
];

/** Figures over the runs in MongoDB. Days, weeks and rates are not its business. */
export const mongoRunFigures = (connection: Connection): RunFigures => {
  const runs = modelOf(connection, liveCollections.runs, runsSchema(liveCollections.runs)).collection;
  const depths: { readonly [Depth in RunDepth]: (found: Found) => AsyncIterable<RunDepths[Depth]> } = {
    whole: (found) => readRuns(found, wholeRuns),
    answers: (found) => readRuns(found, answeredRuns),
    list: (found) => listedRunsIn(found, (ids) => runs.find(withIds(ids))),
  };
  return {
    counts: (filter, by) => {
      const alike = alikeBy(namesBy(paths, by), 'counts');
      const found = runs.aggregate([{ $match: matchOf(filter) }, ...perLabelOf(paths, by), alike]);
      return addAlike(found.batchSize(atOnce), by);
    },
    extents: async (filter, by) =>
      (await runs.aggregate([{ $match: matchOf(filter) }, ...extentsBy(by)]).toArray()).map(toExtent),
    questions: (filter) => questionTablesOf(readRuns(runs.find(matchOf(filter)), questionedRuns)),
    runs: (filter, depth) => depths[depth](runs.find(matchOf(filter))),
    inOrder: (listed, depth, place) =>
      depths[depth](runs.find(listedFrom(listed, place)).sort({ 'groups.day': 1, _id: 1 })),
    replyDays: (filter, by) =>
      replyDaysIn(
        runs.find(repliedIn(filter)).project(projectionOf(repliedSchema)).batchSize(repliesAtOnce),
        filter,
        by.filter((key) => key !== 'day'),
      ),
  };
};
