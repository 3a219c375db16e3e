import { modelOf, readStored } from '@stopcovid/mongo';
import { addCounts, type CompletionCounts } from '@stopcovid/statistics';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import { liveCollections } from '../progress/mongo-progress-store';
import { runsSchema, storedRunSchema } from '../progress/mongo-runs';
import { groupKeys, type CountedGroup, type GroupKey, type RunFigures, type RunFilter } from './run-figures';

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

const countNames = Object.keys(addCounts([])) as (keyof CompletionCounts)[];

/* What counts in no figure has counted as none assigned. */
const matchOf = ({ from, until, ...exact }: RunFilter): Record<string, unknown> => ({
  'counts.assigned': 1,
  ...(from === undefined && until === undefined
    ? {}
    : { 'groups.day': { ...(from && { $gte: from }), ...(until && { $lt: until }) } }),
  ...Object.fromEntries(
    Object.entries(exact).flatMap(([key, wanted]) =>
      wanted === undefined ? [] : [[pathOf[key as GroupKey], wanted]],
    ),
  ),
});

const countsSchema = z.object(
  Object.fromEntries(countNames.map((name) => [name, z.int()])) as Record<keyof CompletionCounts, z.ZodInt>,
);
const nameSchema = z.partialRecord(z.enum(groupKeys), z.string().nullable());
const groupSchema = countsSchema.extend({ _id: nameSchema });

const toGroup = (document: unknown): CountedGroup => {
  const { _id: name, ...counts } = groupSchema.parse(document);
  return { name, counts };
};

const sums = Object.fromEntries(countNames.map((name) => [name, { $sum: `$counts.${name}` }]));

/** Figures over the runs in MongoDB. Days, weeks and rates are not its business. */
export const mongoRunFigures = (connection: Connection): RunFigures => {
  const runs = modelOf(connection, liveCollections.runs, runsSchema(liveCollections.runs)).collection;
  return {
    counts: async (filter, by) => {
      const names = by.map((key) => [key, { $ifNull: [`$${pathOf[key]}`, null] }] as const);
      const labels = { path: `$${pathOf.label}`, preserveNullAndEmptyArrays: true };
      const groups = await runs
        .aggregate([
          { $match: matchOf(filter) },
          ...(by.includes('label') ? [{ $unwind: labels }] : []),
          { $group: { _id: Object.fromEntries(names), ...sums } },
        ])
        .toArray();
      return groups.map(toGroup);
    },
    async *runs(filter) {
      for await (const document of runs.find(matchOf(filter)).batchSize(200)) {
        const read = readStored(storedRunSchema, document);
        if (read.kind === 'readable') yield read.value;
      }
    },
  };
};
