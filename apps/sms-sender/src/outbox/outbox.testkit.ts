import {
  phoneSchema,
  timestampSchema,
  languageSchema,
  commandIdSchema,
  type DialogEvent,
  type EventBatch,
  type Phone,
} from '@stopcovid/contracts';
import { acceptBatch, type AcceptRules, type WordedText } from './accept-batch';
import type { DeliveryPolicy } from './deliver';
import { emptyOutbox, type Outbox } from './outbox';

export const phone = (last: number): Phone => phoneSchema.parse(`+1202555${String(last).padStart(4, '0')}`);
export const ann = phone(101);
export const noon = Date.parse('2026-03-01T12:00:00.000Z');

export const policy: DeliveryPolicy = {
  pauseMs: 3_000,
  pauseAfterMediaMs: 10_000,
  maxAgeMs: 24 * 3_600_000,
  claimMs: 20_000,
  lookAfterMs: 10_000,
  looks: 2,
  onUndecided: 'park',
  retryMs: 1_000,
  retryLaterMs: 60_000,
};

export const rules: AcceptRules = {
  idOf: (batch, index) => `${batch.phone.slice(-4)}v${batch.version}i${index}`,
  maxPending: 50,
  isFake: (number) => number.startsWith('+1555'),
};

/** A batch of a trainee's; `changes` tells what matters to the test. */
export const batchOf = (
  version: number,
  changes: {
    phone?: Phone;
    optedOut?: boolean;
    events?: readonly DialogEvent[];
    service?: string;
    employer?: string;
    channel?: 'sms' | 'whatsapp';
    address?: string;
    at?: number;
  } = {},
): EventBatch => ({
  type: 'EventBatch',
  schemaVersion: 1,
  phone: changes.phone ?? ann,
  at: timestampSchema.parse(new Date(changes.at ?? noon).toISOString()),
  version,
  commandId: commandIdSchema.parse(`SM${version}`),
  commandType: 'ReceiveSms',
  trainee: {
    registration: null,
    optedOut: changes.optedOut ?? false,
    profile: { language: languageSchema.parse('en'), answers: {} },
    account: {
      ...(changes.service === undefined ? {} : { messagingServiceSid: changes.service }),
      ...(changes.employer === undefined ? {} : { employerId: changes.employer }),
    },
    ...(changes.channel === undefined ? {} : { channel: changes.channel }),
    ...(changes.address === undefined ? {} : { address: changes.address }),
  },
  events: changes.events ?? [],
});

export const reply = (body: string): WordedText => ({ body, kind: 'reply' });

/** An outbox that has taken in one batch with these texts. */
export const outboxWith = (...texts: readonly WordedText[]): Outbox =>
  acceptBatch(
    emptyOutbox(ann, 0),
    { batch: batchOf(1), texts, origin: { partition: 0, offset: '0', at: noon } },
    rules,
  );
