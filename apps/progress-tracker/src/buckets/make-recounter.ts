import { pause, type Runtime } from '@stopcovid/runtime';
import type { ProgressTrackerParts } from '../parts';
import { Recounter, type RecounterParts } from './recounter';

/** The token of what counts buckets anew. */
export const RECOUNTER = Symbol('RECOUNTER');

/* A bucket that changes all the time is counted that often at most, and asked from its runs in between. */
const everyMs = 4_000;

/** Counts what is counted anew, and raises an alarm where something has drifted. */
const reportRecounts = ({
  logger,
  metrics,
}: Runtime): Pick<RecounterParts, 'onRecount' | 'onCheck' | 'onTrouble'> => {
  const recounted = metrics.counter(
    'figures_recounted_total',
    'Buckets that were counted anew, as runs of theirs had changed',
  );
  const oldest = metrics.gauge(
    'figures_oldest_mark_seconds',
    'How long the longest marked bucket has waited to be counted anew',
  );
  const leftBehind = metrics.counter(
    'figures_left_behind_total',
    'Marks whose process ended before it had written its runs',
  );
  const drift = metrics.counter('figures_drift_total', 'Buckets that were not what their runs come to');
  const trouble = metrics.counter('figures_trouble_total', 'Looks at marked buckets that failed');
  return {
    onRecount: (report) => {
      recounted.inc(report.recounted);
      leftBehind.inc(report.leftBehind);
      oldest.set(report.oldestMs / 1_000);
    },
    onCheck: ({ day, drifted }) => {
      drift.inc(drifted.length);
      if (drifted.length > 0)
        logger.error(
          { alarm: 'figures-drift', day, buckets: drifted.length },
          'figures were not what their runs come to; they are counted anew',
        );
    },
    onTrouble: (error) => {
      trouble.inc();
      logger.warn({ err: error }, 'marked buckets could not be counted anew; they are tried again');
    },
  };
};

type Parts = Pick<ProgressTrackerParts, 'buckets' | 'countedRuns' | 'held'>;

/** What counts buckets anew in a service: the replica that has the first partition does. Not started. */
export const makeRecounter = ({ buckets, countedRuns, held }: Parts, runtime: Runtime): Recounter =>
  new Recounter({
    buckets,
    runs: countedRuns,
    isOurs: () => held().partitions.includes(0),
    now: runtime.clock.now,
    everyMs,
    pause,
    ...reportRecounts(runtime),
  });
