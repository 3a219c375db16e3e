import { median } from '@stopcovid/statistics';

/** What one process held, by its own /metrics after a collection, when so many batches had been decided. */
export type Reading = {
  readonly batches: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
};

/** Bytes that may come with each batch, and what a sound process gains or loses over a stretch of any length. */
type Limit = { readonly perBatch: number; readonly inAll: number };

const megabyte = 1024 * 1024;
/* The heap is read after a collection; what is resident is also a matter of what the allocator gives back. */
const limits = {
  heapBytes: { perBatch: 64, inAll: 5 * megabyte },
  residentBytes: { perBatch: 512, inAll: 32 * megabyte },
} as const satisfies Readonly<Record<string, Limit>>;
type Figure = keyof typeof limits;

const names: Readonly<Record<Figure, string>> = { heapBytes: 'heap', residentBytes: 'resident memory' };

const valueOf = (metrics: string, name: string): number => {
  const [, value] = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(metrics) ?? [];
  if (value === undefined) throw new Error(`/metrics shows no ${name}`);
  return Number(value);
};

/** The figures in the text of /metrics. Buffers outside of the heap count as heap. Throws where one is missing. */
export const memoryIn = (metrics: string): Omit<Reading, 'batches'> => ({
  heapBytes:
    valueOf(metrics, 'nodejs_heap_size_used_bytes') + valueOf(metrics, 'nodejs_external_memory_bytes'),
  residentBytes: valueOf(metrics, 'process_resident_memory_bytes'),
});

/** The median of the slopes between any two readings, in bytes per batch: no odd reading moves it. */
const slopeOf = (readings: readonly Reading[], figure: Figure): number => {
  const slopes = readings.flatMap((one, index) =>
    readings
      .slice(index + 1)
      .filter(({ batches }) => batches > one.batches)
      .map((later) => (later[figure] - one[figure]) / (later.batches - one.batches)),
  );
  return median(slopes) ?? 0;
};

/** What goes on growing grows in both halves; a step is in one of them. */
const growthOf = (readings: readonly Reading[], figure: Figure): number => {
  const half = Math.floor(readings.length / 2);
  return Math.min(slopeOf(readings.slice(0, half), figure), slopeOf(readings.slice(half), figure));
};

const megabytes = (bytes: number | undefined): string => `${Math.round((bytes ?? 0) / megabyte)} MB`;

/** What a process held from the middle of a soak to its end, in a sentence. */
export const growthLine = (process: string, all: readonly Reading[]): string => {
  const readings = all.slice(Math.floor(all.length / 2));
  const [first, last] = [readings[0], readings.at(-1)];
  const batches = (last?.batches ?? 0) - (first?.batches ?? 0);
  const told = (Object.keys(limits) as Figure[]).map(
    (figure) =>
      `${names[figure]} ${megabytes(first?.[figure])} to ${megabytes(last?.[figure])}, ` +
      `${Math.round(growthOf(readings, figure))} bytes with each batch`,
  );
  return `${process}: over ${batches} batches ${told.join('; ')}`;
};

const leastReadings = 10;
/* In the first minutes a sound heap grows by megabytes: code is compiled, caches and pools fill. */
const leastBatches = 3_000;

/**
 * Whether a process kept something of each batch, in sentences; none when it did not. The first half of the readings
 * is when caches fill and code is compiled: it is not judged. A stretch too short to be judged is a sentence, too.
 */
export const leaksIn = (process: string, all: readonly Reading[]): readonly string[] => {
  const readings = all.slice(Math.floor(all.length / 2));
  const batches = (readings.at(-1)?.batches ?? 0) - (readings[0]?.batches ?? 0);
  if (readings.length < leastReadings || batches < leastBatches)
    return [`${process}: ${readings.length} readings over ${batches} batches are too few to see a leak`];
  return (Object.keys(limits) as Figure[]).flatMap((figure) => {
    const [slope, { perBatch, inAll }] = [growthOf(readings, figure), limits[figure]];
    if (slope <= perBatch || slope * batches <= inAll) return [];
    return `${process}: ${names[figure]} grows by ${Math.round(slope)} bytes with each of ${batches} batches`;
  });
};
