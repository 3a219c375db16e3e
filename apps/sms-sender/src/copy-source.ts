import {
  followCopy,
  formatProblem,
  waitForDrills,
  type CatalogueListener,
  type CataloguePlace,
  type HeldCopy,
} from '@stopcovid/drills';
import { type Runtime, waitFor } from '@stopcovid/runtime';
import type { OwnCopy } from '@stopcovid/sms-copy';
import type { SenderSettings } from './config';

/** What is said otherwise than in our own words. It may answer differently from one call to the next. */
export interface CopySource {
  current(): OwnCopy;
  close(): void;
}

const placeOf = ({ DRILLS_URL, DRILLS_DIR }: SenderSettings): CataloguePlace | undefined => {
  if (DRILLS_URL !== undefined) return { url: DRILLS_URL.href };
  return DRILLS_DIR === undefined ? undefined : { directory: DRILLS_DIR };
};

/** The sentences beside the drills, read again when they change; none where no drills are set. Throws with every problem. */
export const copySource = (config: SenderSettings, runtime: Runtime): Promise<CopySource> =>
  reading(config, runtime)();

/** The same, once they can be used: until then log and readiness say what is wrong, and they are looked at again. */
export const copyInTime = (config: SenderSettings, runtime: Runtime): Promise<CopySource> =>
  waitFor(reading(config, runtime), { ...waitForDrills(config.DRILLS_EVERY_MS), ...runtime });

const reading = (config: SenderSettings, runtime: Runtime): (() => Promise<CopySource>) => {
  const place = placeOf(config);
  if (place === undefined) return () => Promise.resolve({ current: () => ({}), close: () => undefined });
  const listener = copyListener(runtime);
  return async () => {
    const followed = await followCopy({ place, everyMs: config.DRILLS_EVERY_MS, listener });
    return { current: () => followed.current().copy, close: () => followed.close() };
  };
};

/** A bad edit is loud, and changes nothing. */
const copyListener = ({ logger, metrics }: Runtime): CatalogueListener<HeldCopy> => {
  const refused = metrics.gauge('copy_refused', '1 while copy.yaml as it is now cannot be used');
  refused.set(0);
  return {
    same: () => refused.set(0),
    repaired: () => logger.info('copy.yaml can be used again'),
    changed: ({ version }) => {
      refused.set(0);
      logger.info({ copy: version }, 'our own sentences have changed');
    },
    refused: (problems) => {
      refused.set(1);
      logger.error(
        { problems: problems.map(formatProblem) },
        'copy.yaml cannot be used; what was said before is said on',
      );
    },
  };
};
