import {
  followCatalogue,
  formatProblem,
  waitForDrills,
  type CatalogueListener,
  type CataloguePlace,
  type FollowedCatalogue,
} from '@stopcovid/drills';
import { type Runtime, waitFor } from '@stopcovid/runtime';
import type { ProgressTrackerSettings } from './config';
import { offerOf, type Offer } from './progress/offer';

/** What can be taught now. It may answer differently from one call to the next: drills are edited while we run. */
export interface CourseSource {
  current(): Offer;
  close(): void;
}

/** Its token. */
export const COURSE = Symbol('COURSE');

export type WatchedCourse = {
  readonly place: CataloguePlace;
  readonly everyMs: number;
  readonly runtime: Runtime;
};

/** The course of a place, read again when it changes. Throws with every problem when it cannot be used at all. */
export const watchedCourse = (watched: WatchedCourse): Promise<CourseSource> => reading(watched)();

/** The same, once it can be used: until then log and readiness say what is wrong, and it is looked at again. */
export const courseInTime = (watched: WatchedCourse): Promise<CourseSource> =>
  waitFor(reading(watched), { ...waitForDrills(watched.everyMs), ...watched.runtime });

/** Which course this configuration names. */
export const courseOf = (
  config: Pick<ProgressTrackerSettings, 'DRILLS_DIR' | 'DRILLS_URL' | 'DRILLS_EVERY_MS'>,
  runtime: Runtime,
): WatchedCourse => ({
  place: config.DRILLS_URL ? { url: config.DRILLS_URL.href } : { directory: config.DRILLS_DIR },
  everyMs: config.DRILLS_EVERY_MS,
  runtime,
});

const reading = ({ place, everyMs, runtime }: WatchedCourse): (() => Promise<CourseSource>) => {
  const listener = courseListener(runtime);
  return async () => offering(await followCatalogue({ place, everyMs, listener }));
};

const offering = (followed: FollowedCatalogue): CourseSource => {
  let offered = { of: followed.current(), offer: offerOf(followed.current()) };
  return {
    current: () => {
      const catalogue = followed.current();
      if (catalogue !== offered.of) offered = { of: catalogue, offer: offerOf(catalogue) };
      return offered.offer;
    },
    close: () => followed.close(),
  };
};

const courseListener = ({ logger, metrics }: Runtime): CatalogueListener => {
  const refused = metrics.gauge('drills_refused', '1 while the drills as they are now cannot be used');
  refused.set(0);
  return {
    same: () => refused.set(0),
    repaired: () => logger.warn('the drills that could not be used are repaired'),
    changed: ({ version }) => {
      refused.set(0);
      logger.info({ catalogue: version }, 'the course is read');
    },
    refused: (problems) => {
      refused.set(1);
      logger.error(
        { problems: problems.map(formatProblem) },
        'the drills cannot be used; the old course serves on',
      );
    },
  };
};
