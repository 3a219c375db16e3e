import {
  decodeCommand,
  decodeLogRecord,
  encodeBatch,
  encodeLogRecord,
  timestampSchema,
  topics,
  type DialogEvent,
} from '@stopcovid/contracts';
import {
  inMemoryCheckpointStore,
  InMemoryLog,
  inMemoryTransport,
  type OutgoingRecord,
  type Publisher,
} from '@stopcovid/kafka';
import { inMemoryWaitingPhones } from '@stopcovid/projections';
import { createRuntime, Secret } from '@stopcovid/runtime';
import { carrierGateway } from './carrier/carrier-gateway';
import { SenderConfig } from './config';
import { inMemoryOutboxStore } from './store/in-memory-outbox-store';
import type { Outbox } from './outbox/outbox';
import { ann, batchOf, phone } from './outbox/outbox.testkit';
import type { SenderParts } from './sender-parts';
import { startWith } from './start';
import { startFakeTwilio, type Answer } from './carrier/twilio.testkit';
import type { OutboxStore } from './store/outbox-store';
import type { Phone } from '@stopcovid/contracts';

type SpecParts = Partial<Pick<SenderParts, 'now' | 'waiting'>> & { readonly rereadEveryMs?: number };

export const bob = phone(202);
type TraineeChanges = Omit<NonNullable<Parameters<typeof batchOf>[1]>, 'phone' | 'events' | 'at'>;
export const saying = (text: string): DialogEvent => ({ type: 'MessageRequested', text });
export const stop: DialogEvent = { type: 'TraineeOptedOut', source: 'text', word: 'STOP' };

/** The sender as it runs, over a log and a store in memory, with a real client and a carrier of the test's own. */
export const startSender = async (
  settings: Partial<SenderConfig> = {},
  store: OutboxStore = inMemoryOutboxStore(),
  { rereadEveryMs = 600_000, ...parts }: SpecParts = {},
) => {
  const twilio = await startFakeTwilio();
  const config = Object.assign(new SenderConfig(), {
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: new Secret('token'),
    TWILIO_API_URL: new URL(twilio.url),
    TWILIO_FROM: '+12025550100',
    TWILIO_TIMEOUT_MS: 500,
    SMS_PER_SECOND: 1_000,
    HOST: '127.0.0.1',
    PORT: 0,
    SMS_PAUSE_MS: 0,
    SMS_LOOK_AFTER_MS: 20,
    SMS_RETRY_MS: 10,
    ...settings,
  });
  const waiting = parts.waiting ?? inMemoryWaitingPhones();
  const lines: string[] = [];
  const runtime = createRuntime('sms-sender', config, { write: (line) => void lines.push(line) });
  const log = new InMemoryLog(4);
  const { strategy, publisher: working } = inMemoryTransport({
    runtime,
    group: 'sms-sender',
    log,
    options: { rereadEveryMs },
  });
  const kafka: { away: boolean | string } = { away: false };
  const publisher: Publisher = {
    ...working,
    publish: (topic: string, records: readonly OutgoingRecord[]) =>
      kafka.away === true || kafka.away === topic
        ? Promise.reject(new Error('no broker'))
        : working.publish(topic, records),
  };
  const gateway = carrierGateway(config, runtime);
  const app = await startWith({
    config,
    runtime,
    transport: { strategy, publisher: working },
    statusTransport: inMemoryTransport({ runtime, group: 'sms-sender-status', log }),
    parts: { publisher, store, gateway, waiting, checkpoints: inMemoryCheckpointStore(), ...parts },
  });
  const versions = new Map<Phone, number>();
  /** The next batch of a phone, on its way until it is delivered. */
  const delayed = (of: Phone, events: readonly DialogEvent[], trainee: TraineeChanges = {}) => {
    const version = (versions.get(of) ?? 0) + 1;
    versions.set(of, version);
    const batch = batchOf(version, { phone: of, events, ...trainee, at: Date.now() });
    return () => void log.append(topics.dialogEvents, { key: of, value: encodeBatch(batch) });
  };
  const happen = (...batch: Parameters<typeof delayed>): void => delayed(...batch)();
  const logged = () =>
    log.records(topics.smsLog).flatMap(({ value }) => {
      const read = decodeLogRecord(value ?? '');
      return read.ok && read.value.type === 'SmsSent' ? [read.value] : [];
    });
  const commands = () =>
    log.records(topics.dialogCommands).map(({ value }) => {
      const read = decodeCommand(value ?? '');
      return read.ok ? read.value : read.error;
    });
  const report = (of: Phone, messageId: string, errorCode?: string): void => {
    const record = {
      type: 'SmsStatusChanged',
      schemaVersion: 1,
      phone: of,
      at: timestampSchema.parse(new Date().toISOString()),
      sid: 'SMreported',
      messageId,
      status: errorCode === undefined ? 'delivered' : 'failed',
      ...(errorCode === undefined ? {} : { errorCode }),
    } as const;
    log.append(topics.smsLog, { key: of, value: encodeLogRecord(record) });
  };
  return {
    twilio,
    /** What was logged. */
    lines,
    kafka,
    report,
    happen,
    delayed,
    lastVersion: (of = ann) => versions.get(of),
    logged,
    commands,
    ready: async () => (await fetch(`${app.url}/health/ready`)).status,
    health: async () => (await fetch(`${app.url}/health/ready`)).text(),
    ask: (path: string, key?: string) =>
      fetch(`${app.url}${path}`, { headers: key === undefined ? {} : { authorization: `Bearer ${key}` } }),
    waits: async (of = ann) => (await waiting.find([of])).get(of)?.because,
    outbox: async (of = ann): Promise<Outbox | undefined> => (await store.load([of])).outboxes.get(of),
    empty: async (of = ann) => (await store.load([of])).outboxes.get(of)?.pending.length === 0,
    answer: (...answers: readonly Answer[]) => twilio.answers.push(...answers),
    bodies: (of = ann) => twilio.taken.filter(({ to }) => to === of).map(({ body }) => body),
    close: async () => {
      await app.close();
      gateway.close();
      await twilio.close();
    },
  };
};
export type Sender = Awaited<ReturnType<typeof startSender>>;
export const withSender = async (
  test: (sender: Sender) => Promise<void>,
  settings: Partial<SenderConfig> = {},
  parts: SpecParts = {},
) => {
  const sender = await startSender(settings, inMemoryOutboxStore(), parts);
  try {
    await test(sender);
  } finally {
    await sender.close();
  }
};
