import { z } from 'zod';
import { countNames } from './run-facts';
import { groupKeys, type CountedGroup, type GroupKey, type RunCounts, type RunFilter } from './run-figures';

/** Where documents have what they are grouped by. */
export type Paths = Readonly<Record<GroupKey, string>>;

type Stage = Readonly<Record<string, unknown>>;

/** The days from the first to the one before the last, if any are left out. */
export const spanOf = ({ from, until }: RunFilter): Stage | undefined =>
  from === undefined && until === undefined
    ? undefined
    : { ...(from && { $gte: from }), ...(until && { $lt: until }) };

/** The name of a group, as MongoDB puts it together. */
export const namesBy = (paths: Paths, by: readonly GroupKey[]): Stage =>
  Object.fromEntries(by.map((key) => [key, { $ifNull: [`$${paths[key]}`, null] }]));

/** What has several labels is in the group of each. */
export const perLabelOf = (paths: Paths, by: readonly GroupKey[]): readonly Stage[] =>
  by.includes('label') ? [{ $unwind: { path: `$${paths.label}`, preserveNullAndEmptyArrays: true } }] : [];

/** The counts at this path, added up. */
export const sumsOf = (path: string): Stage =>
  Object.fromEntries(countNames.map((name) => [name, { $sum: `$${path}.${name}` }]));

/** Counts as stored, or as added up. What an earlier release did not count yet is 0 until it is counted again. */
export const countsSchema = z.object(
  Object.fromEntries(countNames.map((name) => [name, z.int().default(0)])) as Record<
    keyof RunCounts,
    z.ZodDefault<z.ZodInt>
  >,
);

/** The name of a group, as it comes back. */
export const nameSchema = z.partialRecord(z.enum(groupKeys), z.string().nullable());

const groupSchema = countsSchema.extend({ _id: nameSchema });

/** A group as MongoDB added it up. */
export const toGroup = (document: unknown): CountedGroup => {
  const { _id: name, ...counts } = groupSchema.parse(document);
  return { name, counts };
};
