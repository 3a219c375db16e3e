import { isDeepStrictEqual } from 'node:util';
import { completionTable, drillQuestions } from '@stopcovid/progress-tracker';
import { median, say, type Figure } from '../kit';
import type { Ground } from './ground';
import type { Options } from './options';

const times = 3;

/** Milliseconds, by the median, after one time that does not count. */
export const medianMs = async (ask: () => Promise<unknown>): Promise<number> => {
  await ask();
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const since = performance.now();
    await ask();
    taken.push(performance.now() - since);
  }
  return median(taken);
};

/** As soon as it is known: what comes after it may take minutes, or fail. */
export const told = (figure: Figure): Figure => {
  say(`${figure.name}: ${figure.value.toLocaleString('en-US', { maximumFractionDigits: 1 })}`);
  return figure;
};

type Figures = Ground['fromRuns'];

const grouped = {
  'employer and day': ['employer', 'day'],
  'employer, unit, drill, language and week': ['employer', 'unit', 'drill', 'language', 'week'],
} as const;

/* With a group for each two runs the stand-in for MongoDB takes longer for more than anybody waits. */
const fullestRuns = 300_000;

type Both = Pick<Ground, 'fromRuns' | 'fromBuckets'>;

/* A drill that every employer's trainees began, on a quarter of the days. */
const drill = 'drill-1';

const measureDrill = async ({ fromRuns, fromBuckets }: Both): Promise<readonly Figure[]> => {
  const ask = async (of: Figures) => drillQuestions(await of.questions({ drill }));
  const [runs, buckets] = [await ask(fromRuns), await ask(fromBuckets)];
  if (runs.length === 0 || !isDeepStrictEqual(runs, buckets))
    throw new Error('buckets say something else of questions than runs');
  return [
    told({
      name: 'the questions of one drill of twelve from buckets, ms',
      value: await medianMs(() => ask(fromBuckets)),
      goal: { at: 'most', value: 1_000 },
    }),
    told({ name: 'the same from runs, ms', value: await medianMs(() => ask(fromRuns)) }),
  ];
};

/** Completion and questions from buckets and from runs. Throws where the two do not say the same. */
export const measureQuestions = async (
  { fromRuns, fromBuckets }: Both,
  { runs: many }: Options,
): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const [name, by] of Object.entries(grouped)) {
    const isNamed = name === 'employer and day';
    if (!isNamed && many > fullestRuns) continue;
    const ask = (of: Figures) => completionTable(of, {}, by);
    const [runs, buckets] = [await ask(fromRuns), await ask(fromBuckets)];
    if (!isDeepStrictEqual(runs, buckets))
      throw new Error(`buckets say something else than runs, by ${name}`);
    say(`${runs.lines.length} lines by ${name}`);
    figures.push(
      told({
        name: `completion by ${name} from buckets, ms`,
        value: await medianMs(() => ask(fromBuckets)),
        ...(isNamed && { goal: { at: 'most', value: 300 } }),
      }),
      told({
        name: `the same from runs, ms`,
        value: await medianMs(() => ask(fromRuns)),
        ...(isNamed && { goal: { at: 'most', value: 3_000 } }),
      }),
    );
  }
  return [...figures, ...(await measureDrill({ fromRuns, fromBuckets }))];
};
