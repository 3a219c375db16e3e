import { connectMongo } from '@stopcovid/mongo';
import {
  bucketedFigures,
  markedProgressStore,
  mongoBucketProof,
  mongoProgressStore,
  mongoRunFigures,
  Recounter,
  SharedMarks,
  type ProgressStore,
} from '@stopcovid/progress-tracker';
import { pause } from '@stopcovid/runtime';
import { say, type Stage } from '../kit';
import { runAt } from './trainees';

const perWrite = 2_000;
/* One makes runs while the database writes those of the other. */
const writers = 2;
const sayEvery = 50_000;
const silent = { info: () => undefined, warn: () => undefined };

type Proof = Awaited<ReturnType<typeof mongoBucketProof>>;

/** A database of this run's own, and what the tracker keeps in it. */
export type Ground = {
  readonly url: string;
  readonly connection: Awaited<ReturnType<typeof connectMongo>>;
  /** Without buckets. */
  readonly plain: ProgressStore;
  readonly store: ProgressStore;
  readonly buckets: Proof['buckets'];
  readonly countedRuns: Proof['runs'];
  readonly fromRuns: ReturnType<typeof mongoRunFigures>;
  readonly fromBuckets: ReturnType<typeof bucketedFigures>;
};

/** What the service marks buckets by. */
export const sharedMarksOf = (buckets: Proof['buckets']): SharedMarks =>
  new SharedMarks({
    buckets,
    now: Date.now,
    pause,
    onTrouble: (error) => {
      throw error;
    },
  });

/** An empty database, dropped at the end. */
export const openGround = async (stage: Stage, name: string): Promise<Ground> => {
  const url = stage.databaseUrl(`bench_figures_${name}_${process.pid}`);
  const connection = await connectMongo({ url, appName: 'bench-figures', logger: silent });
  const plain = await mongoProgressStore(connection);
  const { buckets, runs } = await mongoBucketProof(connection);
  const marks = sharedMarksOf(buckets);
  stage.endWith(async () => {
    await marks.close();
    await connection.dropDatabase();
    await connection.close();
  });
  const fromRuns = mongoRunFigures(connection);
  /* Nothing is to be checked by night in the midst of a benchmark. */
  await buckets.noteDone('checked', new Date());
  return {
    url,
    connection,
    plain,
    store: markedProgressStore(plain, marks.around),
    buckets,
    countedRuns: runs,
    fromRuns,
    fromBuckets: bucketedFigures({ figures: fromRuns, runs, buckets }),
  };
};

/** So many made-up runs, by the tracker's own store; seconds that it took. */
export const fill = async ({ plain }: Ground, runs: number): Promise<number> => {
  const since = performance.now();
  let [begun, written] = [0, 0];
  const write = async (): Promise<void> => {
    while (begun < runs) {
      const from = begun;
      begun = Math.min(runs, from + perWrite);
      const some = Array.from({ length: begun - from }, (_, index) => runAt(from + index, runs));
      await plain.save(
        some.map((next) => ({ next, readVersion: 0 })),
        [],
      );
      const before = written;
      written += some.length;
      if (Math.floor(before / sayEvery) < Math.floor(written / sayEvery) || written === runs)
        say(`${written.toLocaleString('en-US')} of ${runs.toLocaleString('en-US')} runs are written`);
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return (performance.now() - since) / 1_000;
};

/** What counts buckets anew, as the service has it: a look every four seconds. */
export const recounterOf = (
  { buckets, countedRuns }: Pick<Ground, 'buckets' | 'countedRuns'>,
  onRecount: (recounted: number) => void = () => undefined,
): Recounter =>
  new Recounter({
    buckets,
    runs: countedRuns,
    isOurs: () => true,
    now: Date.now,
    everyMs: 4_000,
    pause,
    onRecount: ({ recounted }) => onRecount(recounted),
    onCheck: () => undefined,
    onTrouble: (error) => {
      throw error;
    },
  });

/** All buckets of what was written, counted once; seconds that it took. */
export const build = async (ground: Ground): Promise<number> => {
  const since = performance.now();
  let buckets = 0;
  const recounter = recounterOf(ground, (recounted) => (buckets += recounted));
  do await recounter.tick();
  while ((await ground.buckets.marks(1)).length > 0);
  say(`${buckets.toLocaleString('en-US')} buckets are counted`);
  return (performance.now() - since) / 1_000;
};
