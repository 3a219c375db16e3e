import { setTimeout as pause } from 'node:timers/promises';
import { markedProgressStore } from '@stopcovid/progress-tracker';
import { percentile, say, type Figure } from '../kit';
import { folding, recordsOf, take } from './fold';
import { recounterOf, sharedMarksOf, type Ground } from './ground';
import type { Options } from './options';
import { days, eventsPerBatch } from './trainees';

const slicesPerSecond = 10;
const trainees = 100;
const firstOfAll = 1_000_000;

/** Buckets that note how long each mark was there. */
const timed = ({ buckets }: Ground, waits: number[]): Ground['buckets'] => {
  const since = new Map<string, number>();
  return {
    ...buckets,
    mark: async (keys) => {
      const at = performance.now();
      const mark = await buckets.mark(keys);
      since.set(mark.id, at);
      return mark;
    },
    remove: async (marks) => {
      await buckets.remove(marks);
      for (const { id } of marks) waits.push(performance.now() - (since.get(id) ?? Number.NaN));
    },
  };
};

/** So many batches at so many times a second, for so long; batches a second that came of it. */
const keepUp = async (
  handle: Parameters<typeof take>[0],
  { seconds, eventsPerSecond }: Options,
): Promise<number> => {
  const perSlice = Math.round(eventsPerSecond / eventsPerBatch / slicesPerSecond);
  const since = performance.now();
  let records: ReturnType<typeof recordsOf> = [];
  let from = firstOfAll;
  let taken = 0;
  for (let slice = 0; slice < seconds * slicesPerSecond; slice += 1) {
    if (records.length < perSlice) {
      records = [...records, ...recordsOf({ from, count: trainees, day: days - 1 })];
      from += trainees;
    }
    await take(handle, records.slice(0, perSlice));
    records = records.slice(perSlice);
    taken += perSlice;
    await pause(Math.max(0, ((slice + 1) * 1_000) / slicesPerSecond - (performance.now() - since)));
  }
  return taken / ((performance.now() - since) / 1_000);
};

/** How soon buckets are current while events come, from before a run is written until its bucket is counted anew. */
export const measureFreshness = async (ground: Ground, options: Options): Promise<readonly Figure[]> => {
  const waits: number[] = [];
  const buckets = timed(ground, waits);
  const marks = sharedMarksOf(buckets);
  const handle = await folding(ground, markedProgressStore(ground.plain, marks.around));
  const recounter = recounterOf({ ...ground, buckets });
  recounter.start();
  const batches = await keepUp(handle, options).finally(() => recounter.stop());
  await marks.close();
  await recounter.tick();
  say(`${waits.length} marks were set and counted anew`);
  return [
    {
      name: `events a second while it is watched how soon buckets are current`,
      value: batches * eventsPerBatch,
      goal: { at: 'least', value: options.eventsPerSecond * 0.95 },
    },
    ...[50, 100].map((percent) => ({
      name: `seconds until a bucket is current, ${percent === 100 ? 'the longest' : `p${percent}`}`,
      value: percentile(waits, percent) / 1_000,
      ...(percent === 100 && { goal: { at: 'most' as const, value: 10 } }),
    })),
  ];
};
