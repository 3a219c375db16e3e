import type { History } from '@stopcovid/faults';
import { withDatabase } from './enrol';
import type { DaySystem } from './system';

/** Bytes by the name of a topic or a collection. */
export type Sizes = ReadonlyMap<string, number>;

/* The stand-in for MongoDB counts in 32 bits with a sign. */
const beyondInt = 2 ** 32;

/** The bytes of all documents, as they are stored, by collection: as the database counts them, so that none is read. */
export const documentSizes = (system: DaySystem): Promise<Sizes> =>
  withDatabase(system, async ({ db }) => {
    const sizes = new Map<string, number>();
    for (const { name } of (await db?.listCollections().toArray()) ?? []) {
      const told = await db?.command({ collStats: name });
      const size = Number(told?.['size'] ?? 0);
      sizes.set(name, size < 0 ? size + beyondInt : size);
    }
    return sizes;
  });

type Span = { readonly from: number; readonly to: number };

const bytesOf = ({ key, value, headers }: History['events'][number]): number =>
  Buffer.byteLength(key ?? '') +
  (value?.length ?? 0) +
  Object.entries(headers).reduce(
    (sum, [name, said]) => sum + Buffer.byteLength(name) + Buffer.byteLength(said),
    0,
  );

/** The bytes of keys, values and headers of the records of a span, before compression, by topic. */
export const topicSizes = ({ commands, events, smsLog }: History, { from, to }: Span): Sizes => {
  const sizes = new Map<string, number>();
  for (const record of [...commands, ...events, ...smsLog]) {
    if (record.timestamp < from || record.timestamp > to) continue;
    sizes.set(record.topic, (sizes.get(record.topic) ?? 0) + bytesOf(record));
  }
  return sizes;
};

/** By how much each has grown; those that did not are left out. */
export const growthOf = (before: Sizes, after: Sizes): Sizes =>
  new Map(
    [...after]
      .map(([name, bytes]) => [name, bytes - (before.get(name) ?? 0)] as const)
      .filter(([, bytes]) => bytes !== 0),
  );
