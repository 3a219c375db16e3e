import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { groupCounts } from '../figures/grouped';
import { countsSchema } from '../figures/mongo-groups';
import { addRunCounts } from '../figures/run-facts';
import type { CountedGroup, RunCounts } from '../figures/run-figures';
import { localDate } from '../progress/mongo-runs';
import type { Bucket, BucketKey, Cell } from './bucket';
import { marginKeys, type MarginName, type Sums } from './bucket-sums';
import type { Recounted } from './buckets';
import { marginOf, packed, packedSchema, type Margin, type PackedMargin } from './mongo-packed-margin';

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

const packedSchemas = {
  units: packedSchema(marginKeys.units),
  drills: packedSchema(marginKeys.drills),
};

const documentSchema = keySchema.extend({
  _id: z.string(),
  version: z.int(),
  /** All cells together: what is asked by employer and day alone needs no more. */
  counts: countsSchema,
  cells: z.array(cellSchema).readonly(),
  /* The same by unit alone and by content alone, for who asks for no more; no part of what a bucket says. */
  packed: z
    .object({
      /* Of which version of the bucket: a release that does not know them writes past them. */
      version: z.int(),
      ...packedSchemas,
    })
    .exactOptional(),
  /* The same as an earlier release reads it. */
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

type PackedMargins = { readonly version: number } & Readonly<Record<MarginName, PackedMargin>>;

/** A bucket but for its questions, as stored. */
export type BucketDocument = Omit<z.infer<typeof documentSchema>, 'packed'> & {
  readonly packed?: PackedMargins;
  readonly writeId: string;
};

type StoredSums = Partial<z.infer<typeof cellSchema>> & { readonly counts: RunCounts };

/* What sums are not by is left blank: nobody asks for it of them. */
const toCell = ({ employerId, day }: BucketKey, sums: StoredSums): Cell => {
  const { unitId, labels, drill = '', revision = '', language = '', reason = '', counts } = sums;
  const groups: { -readonly [Name in keyof Cell['groups']]: Cell['groups'][Name] } = { language, day };
  if (employerId !== null) groups.employerId = employerId;
  if (unitId !== undefined) groups.unitId = unitId;
  if (labels !== undefined) groups.labels = labels;
  return { drill, revision, reason, counts, groups };
};

const cellsOf = (
  key: BucketKey,
  { names, sums }: Margin,
  keys: readonly (keyof StoredSums)[],
): readonly Cell[] =>
  sums.map((counts, index) => {
    const own: Record<string, unknown> = { counts };
    for (const [place, name] of keys.entries()) own[name] = names[index * keys.length + place] ?? undefined;
    return toCell(key, own as StoredSums);
  });

/** Some sums of a bucket, as cells that say nothing of what the sums are not by; undefined where it has none of that kind. */
export type KeptSums = { readonly key: BucketKey; readonly sums: readonly Cell[] | undefined };

const { counts, cells } = documentSchema.shape;

const { units, drills } = packedSchemas;
const someMargins = z.object({
  version: z.int(),
  units: units.exactOptional(),
  drills: drills.exactOptional(),
});

const marginSchema = (name: MarginName) =>
  keySchema
    .extend({ version: z.int(), packed: someMargins.exactOptional() })
    .transform(({ version, packed: kept, ...key }): KeptSums => {
      const margin = kept?.version === version ? kept[name] : undefined;
      return { key, sums: margin && cellsOf(key, margin, marginKeys[name]) };
    });

/** What is read of buckets for such sums, and what it says. */
export const storedSums = {
  counts: {
    projection: { counts: 1 },
    schema: keySchema.extend({ counts }).transform((one) => ({ key: one, sums: [toCell(one, one)] })),
  },
  cells: {
    projection: { cells: 1 },
    schema: keySchema
      .extend({ cells })
      .transform((one) => ({ key: one, sums: one.cells.map((cell) => toCell(one, cell)) })),
  },
  units: {
    projection: { version: 1, 'packed.version': 1, 'packed.units': 1 },
    schema: marginSchema('units'),
  },
  drills: {
    projection: { version: 1, 'packed.version': 1, 'packed.drills': 1 },
    schema: marginSchema('drills'),
  },
} satisfies Record<Sums, { readonly projection: object; readonly schema: z.ZodType<KeptSums> }>;

const fromCell = ({ groups, ...cell }: Cell): BucketDocument['cells'][number] => {
  const { unitId, labels, language } = groups;
  return {
    ...cell,
    ...(unitId === undefined ? {} : { unitId }),
    ...(labels === undefined ? {} : { labels }),
    language,
  };
};

/* As an earlier release reads it. */
const asFields = (groups: readonly CountedGroup[]): object[] =>
  groups.map(({ name, counts }) => ({
    ...Object.fromEntries(Object.entries(name).filter(([, value]) => value !== null)),
    counts,
  }));

const sumsBeside = (cells: readonly Cell[]) => {
  const [units, drills] = [
    groupCounts(cells, {}, marginKeys.units),
    groupCounts(cells, {}, marginKeys.drills),
  ];
  return {
    counts: addRunCounts(cells.map((cell) => cell.counts)),
    units: asFields(units) as BucketDocument['units'] & object,
    drills: asFields(drills) as BucketDocument['drills'] & object,
    margins: { units: marginOf(units, marginKeys.units), drills: marginOf(drills, marginKeys.drills) },
  };
};

/** What is set on the document of a bucket. */
export const fromCounted = ({ key, cells, read }: Recounted): Omit<BucketDocument, '_id' | 'writeId'> => {
  const { margins, ...sums } = sumsBeside(cells);
  const version = read.cells + 1;
  return {
    ...key,
    version,
    cells: cells.map(fromCell),
    ...sums,
    packed: { version, units: packed(margins.units), drills: packed(margins.drills) },
  };
};

/** What a bucket says but for its questions, and which recount said it. */
export type StoredBucket = Pick<Bucket, 'key' | 'cells' | 'areSumsRight'> & { readonly version: number };

/** A bucket, as stored. */
export const storedBucketSchema: z.ZodType<StoredBucket> = documentSchema.transform(
  ({ employerId, day, version, cells: stored, ...sums }) => {
    const kept = stored.map((cell) => toCell({ employerId, day }, cell));
    const { version: of, ...margins } = sums.packed ?? { version: undefined };
    const beside = { counts: sums.counts, units: sums.units, drills: sums.drills, margins };
    return {
      key: { employerId, day },
      version,
      cells: kept,
      areSumsRight: of === version && isDeepStrictEqual(beside, sumsBeside(kept)),
    };
  },
);
