import { formatProblem, waitForDrills } from '@stopcovid/drills';
import { type Runtime, waitFor } from '@stopcovid/runtime';
import { type CatalogueSource, type KeepingListener, watchedCatalogue } from './catalogue';
import type { DialogEngineConfig } from './config';
import type { RevisionStore } from './revisions/revision-store';

export type DrillsSetting = {
  readonly config: Pick<DialogEngineConfig, 'DRILLS_DIR' | 'DRILLS_URL' | 'DRILLS_EVERY_MS'>;
  readonly runtime: Runtime;
  readonly revisions: RevisionStore;
};

const reading = ({ config, runtime, revisions }: DrillsSetting): (() => Promise<CatalogueSource>) => {
  const listener = catalogueListener(runtime);
  const place = config.DRILLS_URL ? { url: config.DRILLS_URL.href } : { directory: config.DRILLS_DIR };
  return () => watchedCatalogue({ place, everyMs: config.DRILLS_EVERY_MS, revisions, listener });
};

/** The drills of this configuration. Throws with all problems when they cannot be used. */
export const drillsOf = (setting: DrillsSetting): Promise<CatalogueSource> => reading(setting)();

/** The same, once they can be used: until then log and readiness say what is wrong, and they are looked at again. */
export const drillsInTime = (setting: DrillsSetting): Promise<CatalogueSource> =>
  waitFor(reading(setting), { ...waitForDrills(setting.config.DRILLS_EVERY_MS), ...setting.runtime });

/** A bad edit is loud, and changes nothing: the old drills serve on. */
const catalogueListener = ({ logger, metrics }: Runtime): KeepingListener => {
  const refused = metrics.gauge('drills_refused', '1 while the drills as they are now cannot be used');
  refused.set(0);
  return {
    same: () => refused.set(0),
    changed: ({ version }) => {
      refused.set(0);
      logger.info({ catalogue: version }, 'the drills have changed');
    },
    repaired: () => logger.warn('the drills that could not be used are repaired'),
    refused: (problems) => {
      refused.set(1);
      logger.error(
        { problems: problems.map(formatProblem) },
        'the drills cannot be used; the old ones serve on',
      );
    },
    failed: (err) => logger.error({ err }, 'the drill revisions could not be kept yet'),
  };
};
