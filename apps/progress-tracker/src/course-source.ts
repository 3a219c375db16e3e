import {
  formatProblem,
  readCatalogue,
  watchCatalogue,
  type Catalogue,
  type Problem,
} from '@stopcovid/drills';
import type { Runtime } from '@stopcovid/runtime';
import { offerOf, type Offer } from './progress/offer';

/** What can be taught now. It may answer differently from one call to the next: drills are edited while we run. */
export interface CourseSource {
  current(): Offer;
  close(): void;
}

export type CourseFolder = {
  readonly directory: string;
  readonly everyMs: number;
  readonly runtime: Runtime;
};

/** The course of a folder, read again when it changes. Throws with every problem when it cannot be used at all. */
export const courseOfFolder = async ({
  directory,
  everyMs,
  runtime,
}: CourseFolder): Promise<CourseSource> => {
  const { logger, metrics } = runtime;
  const refused = metrics.gauge('drills_refused', '1 while the drills as they are now cannot be used');
  refused.set(0);
  let current = offerOf(await readOrRefuse(directory));
  const watch = watchCatalogue({
    directory,
    everyMs,
    onChange: (catalogue) => {
      current = offerOf(catalogue);
      refused.set(0);
      logger.info({ catalogue: catalogue.version }, 'the course is read');
    },
    onRefused: (problems) => {
      refused.set(1);
      logger.error(
        { problems: problems.map(formatProblem) },
        'the drills cannot be used; the old course serves on',
      );
    },
  });
  return { current: () => current, close: () => watch.close() };
};

const readOrRefuse = async (directory: string): Promise<Catalogue> => {
  const read = await readCatalogue(directory);
  if (read.ok) return read.catalogue;
  throw new Error(`the drills in ${directory} cannot be used:\n${linesOf(read.problems)}`);
};

const linesOf = (problems: readonly Problem[]): string => problems.map(formatProblem).join('\n');
