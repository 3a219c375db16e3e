import 'reflect-metadata';
import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  decodeCommand,
  encodeBatch,
  encodeLogRecord,
  phoneSchema,
  topics,
  topicSettings,
  type DialogCommand,
} from '@stopcovid/contracts';
import { createTopics, kafkaPublisher, type OutgoingRecord, type Publisher } from '@stopcovid/kafka';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { createRuntime, type RunningApp, Secret, until } from '@stopcovid/runtime';
import { ProgressTrackerConfig } from './config';
import { logRecord } from './messages/messages.testkit';
import { kafkaEventSource } from './rebuild/kafka-event-source';
import { mongoRebuildStore } from './rebuild/mongo-rebuild-store';
import { rebuildProgress } from './rebuild/rebuild-progress';
import type { PhoneReport } from './rebuild/rebuild-report';
import { realWorld, startWith } from './start';
import { batchOf, event } from './tracker.testkit';

const requireBrokers = (): readonly string[] => {
  const brokers = process.env['KAFKA_BROKERS'];
  if (!brokers) throw new Error('KAFKA_BROKERS is not set: this spec needs a real Kafka, host:port');
  return brokers.split(',');
};

const key = 'a-key-of-the-spec-itself';

describe('the progress tracker over Kafka and MongoDB', () => {
  const ann = phoneSchema.parse(`+1202${randomInt(1_000_000, 9_999_999)}`);
  const produced: OutgoingRecord[] = [];
  const database = testDatabase();
  const group = `tracker-${randomUUID()}`;
  let tracker: RunningApp;
  let events: Publisher;

  /** Others share the broker: the tracker under test says nothing about their phones. */
  const onlyAnns = (publisher: Publisher): Publisher => ({
    publish: async (topic, records) => {
      const hers = records.filter((record) => record.key === ann);
      if (hers.length > 0) await publisher.publish(topic, hers);
      produced.push(...hers);
    },
    close: () => publisher.close(),
  });

  beforeAll(async () => {
    const KAFKA_BROKERS = requireBrokers();
    const config: ProgressTrackerConfig = {
      ...new ProgressTrackerConfig(),
      KAFKA_BROKERS,
      KAFKA_GROUP: group,
      KAFKA_MESSAGES_GROUP: `${group}-messages`,
      MONGODB_URL: new Secret(database.url),
      API_KEYS: new Secret(`spec=${key}`),
      DRILLS_DIR: join(__dirname, '..', '..', '..', 'drills'),
      LOG_LEVEL: 'fatal',
      PORT: 0,
      HOST: '127.0.0.1',
    };
    const kafka = { brokers: KAFKA_BROKERS, clientId: 'spec' };
    await createTopics(kafka, topicSettings(3), { replicationFactor: 1 });
    events = kafkaPublisher(kafka);
    const runtime = createRuntime('progress-tracker', config);
    const { parts, ...transports } = await realWorld(config, runtime);
    const own = { ...parts, publisher: onlyAnns(parts.publisher) };
    tracker = await startWith({ config, runtime, ...transports, parts: own });
  });
  afterAll(async () => {
    await tracker.close();
    await events.close();
  });

  const ask = async (): Promise<{ status: number; body: unknown }> => {
    const headers = { authorization: `Bearer ${key}` };
    const response = await fetch(`${tracker.url}/v1/trainees/${ann}`, { headers });
    return { status: response.status, body: await response.json() };
  };
  const tell = (...batches: readonly ReturnType<typeof batchOf>[]): Promise<void> =>
    events.publish(
      topics.dialogEvents,
      batches.map((batch) => ({ key: batch.phone, value: encodeBatch(batch) })),
    );
  /* Her drill began long ago by the real clock, which ends it beside the test. */
  const commands = (): readonly DialogCommand[] =>
    produced.flatMap(({ value }) => {
      const command = decodeCommand(value ?? '');
      return command.ok && command.value.type !== 'AbandonDrill' ? [command.value] : [];
    });

  it('gives the first drill to who registered, and shows how far they are', async () => {
    const runId = randomUUID();
    const drill = { runId, drill: '00-intake' };
    await tell(
      batchOf(1, [event('TraineeRegistered')], { phone: ann }),
      batchOf(2, [event('DrillStarted', drill)], { phone: ann, commandType: 'StartDrill' }),
      batchOf(3, [event('PromptCompleted', drill)], { phone: ann }),
    );
    await until(async () => JSON.stringify((await ask()).body).includes('"version":3'));
    expect((await ask()).body).toMatchObject({
      phone: ann,
      registered: true,
      active: true,
      runningId: runId,
      drills: [{ drill: '00-intake', started: 1, completed: 0 }],
      runs: [{ runId, status: 'running', prompts: [{ prompt: 'first', attempts: 1, correct: true }] }],
    });
    expect(commands()).toMatchObject([{ type: 'StartDrill', drill: '00-intake', reason: 'registered' }]);
  });

  it('includes a batch once, however often it is delivered', async () => {
    await tell(
      batchOf(1, [event('TraineeRegistered')], { phone: ann }),
      batchOf(4, [event('MenuRequested')], { phone: ann }),
    );
    await until(async () => JSON.stringify((await ask()).body).includes('"version":4'));
    expect((await ask()).body).toMatchObject({ drills: [{ drill: '00-intake', started: 1 }] });
    expect(commands()).toHaveLength(1);
  });

  it('is mended while it runs, and goes on from what is right', async () => {
    const mongo = await connectMongo(database);
    const spoiled = { $set: { drills: [], lastHeardAt: null } };
    await mongo.collection<{ _id: string }>('trainees').updateOne({ _id: ann }, spoiled);
    await mongo.collection('drill_runs').deleteMany({ phone: ann });
    const connection = { brokers: requireBrokers(), clientId: 'spec' };
    const parts = {
      store: mongoRebuildStore(mongo),
      events: await kafkaEventSource({ connection, group }),
    };
    const reports: PhoneReport[] = [];
    const rebuild = () =>
      rebuildProgress(parts, {
        phones: [ann],
        swap: { late: false, unknown: false },
        onPhone: (report) => reports.push(report),
      });
    const talk = Array.from({ length: 20 }, (_, index) =>
      batchOf(5 + index, [event('MenuRequested')], { phone: ann }),
    );
    const [, first] = await Promise.all([
      (async () => {
        for (const batch of talk) await tell(batch);
      })(),
      rebuild(),
    ]);
    expect(first.findings.hole + first.findings.unknown).toBe(0);
    await until(async () => JSON.stringify((await ask()).body).includes('"version":24'));
    await rebuild();
    expect(reports.map(({ finding }) => finding)).toContain('different');
    await expect(rebuild()).resolves.toMatchObject({ same: 1 });
    expect((await ask()).body).toMatchObject({
      drills: [{ drill: '00-intake', started: 1 }],
      runs: [{ status: 'running', prompts: [{ attempts: 1 }] }],
    });
    expect(commands()).toHaveLength(1);
    await mongo.close();
  });

  it('keeps the message log beside, by a group of its own', async () => {
    const sid = `SM${randomUUID().replaceAll('-', '')}`;
    const log = [
      logRecord('SmsStatusChanged', { phone: ann, sid, status: 'delivered' }, 2),
      logRecord('SmsSent', { phone: ann, sid, messageId: `m-${sid}`, segments: 1 }, 1),
    ];
    await events.publish(
      topics.smsLog,
      log.map((record) => ({ key: ann, value: encodeLogRecord(record) })),
    );
    const list = async (): Promise<string> => {
      const headers = { authorization: `Bearer ${key}` };
      const query = `phone=${encodeURIComponent(ann)}&status=delivered`;
      return (await fetch(`${tracker.url}/v1/messages?${query}`, { headers })).text();
    };
    await until(async () => (await list()).includes(`"messageId":"m-${sid}"`));
    expect(JSON.parse(await list())).toMatchObject({ items: [{ id: `m-${sid}`, sid, body: 'Hello' }] });
  });

  it('says that it is ready', async () => {
    const answer = await fetch(`${tracker.url}/health/ready`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('mongodb');
  });
});
