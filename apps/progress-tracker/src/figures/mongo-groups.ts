import { z } from 'zod';
import { groupSums } from './grouped';
import { countNames, emptySums } from './run-facts';
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

type StoredCounts = Readonly<Partial<Record<string, number>>>;

/* Looked at by hand: there are half a million of them in a year's buckets. */
const areCounts = (stored: unknown): stored is StoredCounts =>
  typeof stored === 'object' &&
  stored !== null &&
  countNames.every((name) => {
    const count = (stored as Readonly<Record<string, unknown>>)[name];
    return count === undefined || Number.isSafeInteger(count);
  });

const wholeCounts = (stored: StoredCounts): RunCounts => {
  const counts = emptySums();
  for (const name of countNames) counts[name] = stored[name] ?? 0;
  return counts;
};

/** Counts as stored, or as added up. What an earlier release did not count yet is 0 until it is counted again. */
export const countsSchema = z.custom<StoredCounts>(areCounts).transform(wholeCounts);

/** The name of a group, as it comes back. */
export const nameSchema = z.partialRecord(z.enum(groupKeys), z.string().nullable());

/** Which are alike in name and in counts, and how many: one sum, where each count would be one of its own. */
export const alikeBy = (name: Stage, path: string): Stage => ({
  $group: { _id: { name, counts: `$${path}` }, runs: { $sum: 1 } },
});

const alikeSchema = z.object({
  _id: z.object({ name: nameSchema, counts: countsSchema }),
  runs: z.int(),
});

/** What was grouped by `alikeBy` with names by these keys, added up. */
export const addAlike = async (
  found: AsyncIterable<unknown>,
  by: readonly GroupKey[],
): Promise<readonly CountedGroup[]> => {
  const sums = groupSums(by);
  for await (const document of found) {
    const { _id: alike, runs } = alikeSchema.parse(document);
    sums.add(alike, runs);
  }
  return sums.groups();
};
