import { median, say, type Figure } from '../kit';
import { folding, recordsOf, take } from './fold';
import { recounterOf, type Ground } from './ground';
import type { Options } from './options';
import { days } from './trainees';

/* As many as a reader gives its handler at once. */
const sliceSize = 500;
const trainees = 1_000;
const firstOfAll = 1_100_000;

const secondsFor = async (
  handle: Parameters<typeof take>[0],
  records: ReturnType<typeof recordsOf>,
): Promise<number> => {
  const since = performance.now();
  for (let from = 0; from < records.length; from += sliceSize)
    await take(handle, records.slice(from, from + sliceSize));
  return (performance.now() - since) / 1_000;
};

/**
 * The fold of the same histories with and without keeping figures, in turn, each time by trainees whom nobody knows; with
 * figures there is also who counts buckets anew, in this same process. `history` says how much there was before.
 */
export const measureCost = async (
  ground: Ground,
  { rounds }: Options,
  history: string,
): Promise<readonly Figure[]> => {
  const [bare, kept] = [await folding(ground, ground.plain), await folding(ground, ground.store)];
  let from = firstOfAll;
  const newcomers = () => recordsOf({ from: (from += trainees), count: trainees, day: days + 1 });
  await ground.buckets.noteDone('built', new Date());
  await secondsFor(bare, newcomers());
  const ratios: number[] = [];
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const records = [newcomers(), newcomers()] as const;
    const without = await secondsFor(bare, records[0]);
    const recounter = recounterOf(ground);
    recounter.start();
    const withFigures = await secondsFor(kept, records[1]).finally(() => recounter.stop());
    ratios.push(withFigures / without);
    rates.push(records[1].length / withFigures);
    say(`${history}: ${without.toFixed(2)} s without figures, ${withFigures.toFixed(2)} s with`);
  }
  return [
    {
      name: `time of the fold with figures to that without, ${history}`,
      value: median(ratios),
      goal: { at: 'most', value: 1.2 },
    },
    { name: `batches a second with figures, ${history}`, value: median(rates) },
  ];
};
