import { mongo } from 'mongoose';
import { z } from 'zod';
import { emptySums } from '../figures/run-facts';
import type { CountedGroup, GroupKey, RunCounts } from '../figures/run-figures';

/** Sums by some keys: the values of the keys, of one sum after another, and what each comes to. */
export type Margin = { readonly names: readonly (string | null)[]; readonly sums: readonly RunCounts[] };

/* Where each count stands, for good: what is counted later comes after them. */
const places = {
  assigned: 0,
  sent: 1,
  started: 2,
  completed: 3,
  due: 4,
  onTime: 5,
  optedOut: 6,
  reached: 7,
  answered: 8,
  scored: 9,
  points: 10,
  marked: 11,
  passed: 12,
  pairs: 13,
  before: 14,
  after: 15,
  satisfied: 16,
  satisfaction: 17,
} as const satisfies Record<keyof RunCounts, number>;
const placed = Object.entries(places) as readonly (readonly [keyof RunCounts, number])[];
const bytesEach = 8;

/** A margin of these groups. */
export const marginOf = (groups: readonly CountedGroup[], keys: readonly GroupKey[]): Margin => ({
  names: groups.flatMap(({ name }) => keys.map((key) => name[key] ?? null)),
  sums: groups.map(({ counts }) => counts),
});

/** A margin, as stored: half a million numbers of a year as fields take ten times as long to read. */
export const packed = ({ names, sums }: Margin): PackedMargin => {
  const bytes = Buffer.alloc(sums.length * placed.length * bytesEach);
  for (const [index, counts] of sums.entries())
    for (const [name, place] of placed)
      bytes.writeDoubleLE(counts[name], (index * placed.length + place) * bytesEach);
  return { names: [...names], counts: new mongo.Binary(bytes) };
};

const storedMargin = z.object({
  names: z.array(z.string().nullable()),
  counts: z.instanceof(mongo.Binary),
});

/** A margin, as stored. */
export type PackedMargin = z.infer<typeof storedMargin>;

/* What the release that packed it did not count yet is 0. */
const sumsIn = ({ buffer: bytes }: mongo.Binary, many: number): readonly RunCounts[] | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = many === 0 ? 0 : bytes.byteLength / many / bytesEach;
  if (!Number.isInteger(width) || bytes.byteLength !== many * width * bytesEach) return undefined;
  return Array.from({ length: many }, (_, index) => {
    const counts = emptySums();
    for (const [name, place] of placed)
      if (place < width) counts[name] = view.getFloat64((index * width + place) * bytesEach, true);
    return counts;
  });
};

/** What is stored of a margin by these keys. */
export const packedSchema = (keys: readonly GroupKey[]) =>
  storedMargin.transform(({ names, counts }, context): Margin => {
    const sums = sumsIn(counts, names.length / keys.length);
    if (sums !== undefined) return { names, sums };
    context.addIssue({ code: 'custom', message: 'there are more or fewer counts than names' });
    return z.NEVER;
  });
