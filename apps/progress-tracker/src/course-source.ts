import {
  followCatalogue,
  formatProblem,
  type CatalogueListener,
  type CataloguePlace,
} from '@stopcovid/drills';
import type { Runtime } from '@stopcovid/runtime';
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
export const watchedCourse = async ({ place, everyMs, runtime }: WatchedCourse): Promise<CourseSource> => {
  const followed = await followCatalogue({ place, everyMs, listener: courseListener(runtime) });
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
