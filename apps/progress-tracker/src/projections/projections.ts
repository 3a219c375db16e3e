import { consentProjection } from '../consent/consent-projection';
import { contactProjection } from '../contacts/contact-projection';
import { scheduleProjection } from '../clock/schedule-projection';
import { erasureProjection } from '../erasure/erasure-projection';
import { historyProjection } from '../history/history-projection';
import { messagesProjection } from '../messages/messages-projection';
import { storedCommandSchema } from '../operations/mongo-command-records';
import { storedRunSchema } from '../progress/mongo-runs';
import { storedTraineeSchema } from '../progress/mongo-trainees';
import type { EventProjection, LogProjection, Projection } from './projection';

/** The document of a trainee: its version is how far the whole phone has come. */
export const standing: EventProjection = {
  collection: 'trainees',
  phoneField: '_id',
  versionField: 'version',
  schema: storedTraineeSchema,
  samples: { folder: 'progress/stored', name: 'trainee' },
};

/** The runs are kept together with the trainees, whose progress all else goes by. */
const runs: EventProjection = {
  collection: 'drill_runs',
  phoneField: 'phone',
  versionField: 'version',
  schema: storedRunSchema,
  samples: { folder: 'progress/stored', name: 'drill-run' },
};

/**
 * Every projection of the events beside the trainees' progress, by the name of its store, in the order in which they are
 * written. A further one is one more line: it is opened, kept, folded afresh, compared and replaced by this list.
 */
export const keptProjections = {
  erasures: erasureProjection,
  consents: consentProjection,
  contacts: contactProjection,
  histories: historyProjection,
  phoneSchedules: scheduleProjection,
} as const;

/**
 * Every projection of the topic of events, in the order in which they are written: the standing comes last, so that
 * whoever sees its version sees all that belongs to it.
 */
export const eventProjections: readonly EventProjection[] = [
  ...Object.values(keptProjections),
  runs,
  standing,
];

/** Every projection of the message log. A further one is one more object here. */
export const logProjections: readonly LogProjection[] = [messagesProjection];

/** Every projection that the tracker keeps. */
export const projections: readonly Projection[] = [
  ...eventProjections,
  ...logProjections,
  {
    collection: 'commands',
    phoneField: 'phone',
    schema: storedCommandSchema,
    samples: { folder: 'operations/stored', name: 'command' },
  },
];

/** What is not content: the mark of a write, and what the clock made of a schedule. No two folds agree on it. */
export const notContent: ReadonlySet<string> = new Set(['writeId', 'nextAt', 'clock']);
