import type { SmsLogRecord } from '@stopcovid/contracts';
import type { Connection } from 'mongoose';
import type { z } from 'zod';
import { storedPhoneScheduleSchema } from '../clock/phone-schedule';
import { storedConsentSchema } from '../consent/mongo-consent-ledger';
import { foldRecords, idsIn } from '../messages/fold-records';
import { mongoMessageStore } from '../messages/mongo-message-store';
import { storedMessageSchema } from '../messages/mongo-messages';
import { storedCommandSchema } from '../operations/mongo-command-records';
import { storedRunSchema } from '../progress/mongo-runs';
import { storedTraineeSchema } from '../progress/mongo-trainees';
import { ShadowDisturbed } from './shadow-disturbed';

/** A collection that is a fold of a topic. Each of its documents belongs to one phone. */
export type Projection = {
  readonly collection: string;
  /** The field that says whose document it is. */
  readonly phoneField: '_id' | 'phone';
  /** Reads a stored document, also one of any earlier release. */
  readonly schema: z.ZodType;
  /** Fields that count or mark writes: no two folds agree on them. */
  readonly notContent?: ReadonlySet<string>;
  /** Where a real document of each release is kept, as `name.v1.json` and so on. */
  readonly samples: { readonly folder: string; readonly name: string };
};

/** A projection of the topic of events. */
export type EventProjection = Projection & {
  /** Which batch a document is of: the last that it includes, or the one that it tells of. */
  readonly versionField: 'version' | 'sequence';
};

/** Takes records of the message log into the collection that it was opened for; an order that is not theirs is no matter. */
export type FoldRecords = (records: readonly SmsLogRecord[]) => Promise<void>;

/** A projection of the message log: which records of a phone it includes shows in no version. */
export type LogProjection = Projection & {
  /** Opens the service's own fold over a collection. */
  readonly openFold: (connection: Connection, collection: string) => Promise<FoldRecords>;
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

/** Every projection of the message log. A further one is one more object here. */
export const logProjections: readonly LogProjection[] = [
  {
    collection: 'messages',
    phoneField: 'phone',
    schema: storedMessageSchema,
    notContent: new Set(['version']),
    samples: { folder: 'messages/stored', name: 'message' },
    openFold: async (connection, collection) => {
      const store = await mongoMessageStore(connection, collection);
      return async (records) => {
        const { messageIds, sids } = idsIn(records);
        const { messages } = await store.load(messageIds, sids);
        if (!(await store.save(foldRecords(messages, records))))
          throw new ShadowDisturbed('somebody else writes to the shadow of this rebuild');
      };
    },
  },
];

/** Every projection that the tracker keeps. A further one is one more object here. */
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
