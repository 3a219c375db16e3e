import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { groupCounts } from '../figures/grouped';
import { countsSchema } from '../figures/mongo-groups';
import { addRunCounts } from '../figures/run-facts';
import type { GroupKey, RunCounts } from '../figures/run-figures';
import { localDate } from '../progress/mongo-runs';
import type { Bucket, BucketKey, Cell } from './bucket';
import { marginKeys, type Sums } from './bucket-sums';
import type { Recounted } from './buckets';

const cellSchema = z.object({
  unitId: z.string().exactOptional(),
  labels: z.array(z.string()).readonly().exactOptional(),
  drill: z.string(),
  revision: z.string(),
  language: z.string(),
  reason: z.string(),
  counts: countsSchema,
});

/** The key of a bucket, as stored. */
export const keySchema = z.object({ employerId: z.string().nullable(), day: localDate });

const documentSchema = keySchema.extend({
  _id: z.string(),
  version: z.int(),
  /** All cells together: what is asked by employer and day alone needs no more. */
  counts: countsSchema,
  cells: z.array(cellSchema).readonly(),
  /* The same by unit alone and by content alone, for who asks for no more; no part of what a bucket says. */
  units: z.array(cellSchema.pick({ unitId: true, counts: true })).exactOptional(),
  drills: z
    .array(
      cellSchema.pick({ drill: true, counts: true }).extend({
        /* A release that counted by drill alone has neither. */
        revision: z.string().exactOptional(),
        language: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
});
/** A bucket but for its questions, as stored. */
export type BucketDocument = z.infer<typeof documentSchema> & { readonly writeId: string };

type StoredSums = Partial<z.infer<typeof cellSchema>> & { readonly counts: RunCounts };

/* What sums are not by is left blank: nobody asks for it of them. */
const toCell = ({ employerId, day }: BucketKey, sums: StoredSums): Cell => {
  const { unitId, labels, drill = '', revision = '', language = '', reason = '', counts } = sums;
  return {
    drill,
    revision,
    reason,
    counts,
    groups: {
      ...(employerId === null ? {} : { employerId }),
      ...(unitId === undefined ? {} : { unitId }),
      ...(labels === undefined ? {} : { labels }),
      language,
      day,
    },
  };
};

const { counts, cells, units, drills } = documentSchema.shape;
const sumsSchemas = {
  counts: keySchema.extend({ counts }).transform((one) => [toCell(one, one)]),
  cells: keySchema.extend({ cells }).transform((one) => one.cells.map((cell) => toCell(one, cell))),
  units: keySchema
    .extend({ units: units.unwrap() })
    .transform((one) => one.units.map((unit) => toCell(one, unit))),
  drills: keySchema
    .extend({ drills: drills.unwrap() })
    .transform((one) => one.drills.map((each) => toCell(one, each))),
} satisfies Record<Sums, z.ZodType<readonly Cell[]>>;

/** Some sums of a bucket, which has its key and these: as cells that say nothing of what the sums are not by. */
export const storedSumsSchema = (sums: Sums): z.ZodType<readonly Cell[]> => sumsSchemas[sums];

const fromCell = ({ groups, ...cell }: Cell): BucketDocument['cells'][number] => {
  const { unitId, labels, language } = groups;
  return {
    ...cell,
    ...(unitId === undefined ? {} : { unitId }),
    ...(labels === undefined ? {} : { labels }),
    language,
  };
};

const marginOf = (cells: readonly Cell[], keys: readonly GroupKey[]): object[] =>
  groupCounts(cells, {}, keys).map(({ name, counts }) => ({
    ...Object.fromEntries(Object.entries(name).filter(([, value]) => value !== null)),
    counts,
  }));

const sumsBeside = (cells: readonly Cell[]): Pick<BucketDocument, 'counts' | 'units' | 'drills'> => ({
  counts: addRunCounts(cells.map((cell) => cell.counts)),
  units: marginOf(cells, marginKeys.units) as BucketDocument['units'] & object,
  drills: marginOf(cells, marginKeys.drills) as BucketDocument['drills'] & object,
});

/** What is set on the document of a bucket. */
export const fromCounted = ({ key, cells, read }: Recounted): Omit<BucketDocument, '_id' | 'writeId'> => ({
  ...key,
  version: read.cells + 1,
  cells: cells.map(fromCell),
  ...sumsBeside(cells),
});

/** What a bucket says but for its questions, and which recount said it. */
export type StoredBucket = Pick<Bucket, 'key' | 'cells' | 'areSumsRight'> & { readonly version: number };

/** A bucket, as stored. */
export const storedBucketSchema: z.ZodType<StoredBucket> = documentSchema.transform(
  ({ employerId, day, version, cells: stored, ...sums }) => {
    const kept = stored.map((cell) => toCell({ employerId, day }, cell));
    const beside = { counts: sums.counts, units: sums.units, drills: sums.drills };
    return {
      key: { employerId, day },
      version,
      cells: kept,
      areSumsRight: isDeepStrictEqual(beside, sumsBeside(kept)),
    };
  },
);
