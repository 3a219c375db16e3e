import type { LocalDate } from '@stopcovid/calendar';
import { modelOf } from '@stopcovid/mongo';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import { countsSchema, sumsOf } from '../figures/mongo-groups';
import { questionedRuns, readRuns } from '../figures/mongo-run-depths';
import { liveCollections } from '../progress/mongo-progress-store';
import { localDate, runsSchema } from '../progress/mongo-runs';
import type { Cell } from './bucket';
import type { CountedRuns } from './buckets';
import { questionsByBucket } from './questions-by-bucket';

const alikeIn = {
  employerId: 'groups.employerId',
  unitId: 'groups.unitId',
  labels: 'groups.labels',
  language: 'groups.language',
  day: 'groups.day',
  drill: 'drill',
  revision: 'revision',
  reason: 'reason',
} as const;

const names = Object.fromEntries(
  Object.entries(alikeIn).map(([name, path]) => [name, { $ifNull: [`$${path}`, null] }]),
);

const cellSchema = z.object({
  _id: z.object({
    employerId: z.string().nullable(),
    unitId: z.string().nullable(),
    labels: z.array(z.string()).nullable(),
    language: z.string(),
    day: localDate,
    drill: z.string(),
    revision: z.string(),
    reason: z.string(),
  }),
});

const toCell = (document: unknown): Cell => {
  const { employerId, unitId, labels, language, day, ...cell } = cellSchema.parse(document)._id;
  return {
    ...cell,
    groups: {
      ...(employerId === null ? {} : { employerId }),
      ...(unitId === null ? {} : { unitId }),
      ...(labels === null ? {} : { labels }),
      language,
      day,
    },
    counts: countsSchema.parse(document),
  };
};

const employerSchema = z.object({ _id: z.object({ employerId: z.string().nullable() }) });

/** What buckets are counted from, of the runs in MongoDB. */
export const mongoCountedRuns = (connection: Connection): CountedRuns => {
  const runs = modelOf(connection, liveCollections.runs, runsSchema(liveCollections.runs)).collection;
  return {
    cellsOn: async (day, employers) => {
      const own = employers === undefined ? {} : { 'groups.employerId': { $in: [...employers] } };
      const cells = await runs
        .aggregate([
          { $match: { ...own, 'groups.day': day, 'counts.assigned': 1 } },
          { $group: { _id: names, ...sumsOf('counts') } },
        ])
        .toArray();
      return cells.map(toCell);
    },
    questionsOn: (day, employers) => {
      const own = employers === undefined ? {} : { 'groups.employerId': { $in: [...employers] } };
      const found = runs.find({ ...own, 'groups.day': day, 'counts.assigned': 1 });
      return questionsByBucket(readRuns(found, questionedRuns));
    },
    employersOn: async (day) => {
      const employers = await runs
        .aggregate([
          { $match: { 'groups.day': day } },
          { $group: { _id: { employerId: { $ifNull: ['$groups.employerId', null] } } } },
        ])
        .toArray();
      return employers.map((one) => employerSchema.parse(one)._id.employerId);
    },
    nextDay: async (after) => {
      const [first] = await runs
        .find({ 'groups.day': after === undefined ? { $exists: true } : { $gt: after } })
        .project({ 'groups.day': 1 })
        .sort({ 'groups.day': 1 })
        .limit(1)
        .toArray();
      const { day } = (first?.['groups'] ?? {}) as { readonly day?: LocalDate };
      return day;
    },
  };
};
