import type { z } from 'zod';
import { storedPhoneScheduleSchema } from '../clock/phone-schedule';
import { storedConsentSchema } from '../consent/mongo-consent-ledger';
import { storedMessageSchema } from '../messages/mongo-messages';
import { storedCommandSchema } from '../operations/mongo-command-records';
import { storedRunSchema } from '../progress/mongo-runs';
import { storedTraineeSchema } from '../progress/mongo-trainees';

/** A collection that is a fold of a topic. Each of its documents belongs to one phone. */
export type Projection = {
  readonly collection: string;
  /** The field that says whose document it is. */
  readonly phoneField: '_id' | 'phone';
  /** Reads a stored document, also one of any earlier release. */
  readonly schema: z.ZodType;
  /** Where a real document of each release is kept, as `name.v1.json` and so on. */
  readonly samples: { readonly folder: string; readonly name: string };
};

/** A projection of the topic of events. */
export type EventProjection = Projection & {
  /** Which batch a document is of: the last that it includes, or the one that it tells of. */
  readonly versionField: 'version' | 'sequence';
};

/** The document of a trainee: its version is how far the whole phone has come. */
export const standing: EventProjection = {
  collection: 'trainees',
  phoneField: '_id',
  versionField: 'version',
  schema: storedTraineeSchema,
  samples: { folder: 'progress/stored', name: 'trainee' },
};

/**
 * Every projection of the topic of events, in the order in which they are written: the standing comes last, so that
 * whoever sees its version sees all that belongs to it.
 */
export const eventProjections: readonly EventProjection[] = [
  {
    collection: 'consent_changes',
    phoneField: 'phone',
    versionField: 'sequence',
    schema: storedConsentSchema,
    samples: { folder: 'consent/stored', name: 'consent-change' },
  },
  {
    collection: 'drill_runs',
    phoneField: 'phone',
    versionField: 'version',
    schema: storedRunSchema,
    samples: { folder: 'progress/stored', name: 'drill-run' },
  },
  {
    collection: 'schedule',
    phoneField: '_id',
    versionField: 'version',
    schema: storedPhoneScheduleSchema,
    samples: { folder: 'clock/stored', name: 'phone-schedule' },
  },
  standing,
];

/** Every projection that the tracker keeps. A further one is one more object here. */
export const projections: readonly Projection[] = [
  ...eventProjections,
  {
    collection: 'messages',
    phoneField: 'phone',
    schema: storedMessageSchema,
    samples: { folder: 'messages/stored', name: 'message' },
  },
  {
    collection: 'commands',
    phoneField: 'phone',
    schema: storedCommandSchema,
    samples: { folder: 'operations/stored', name: 'command' },
  },
];

/** What is not content: the mark of a write, and what the clock made of a schedule. No two folds agree on it. */
export const notContent: ReadonlySet<string> = new Set(['writeId', 'nextAt', 'clock']);
