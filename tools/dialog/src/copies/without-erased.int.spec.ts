import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commandIdSchema,
  decodeBatch,
  encodeBatch,
  encodeLogRecord,
  eventSample,
  timestampSchema,
  traineeSchema,
  type DialogEvent,
  type EventBatch,
  type Phone,
} from '@stopcovid/contracts';
import { mongoDialogStore } from '@stopcovid/dialog-engine';
import { kafkaPublisher, topicWriter, type KafkaConnection } from '@stopcovid/kafka';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import {
  completionTable,
  kafkaEventSource,
  mongoProgressStore,
  mongoRebuildStore,
  mongoRunFigures,
  rebuildProgress,
} from '@stopcovid/progress-tracker';
import { someonesPhone } from '../repair.testkit';
import { compareVersions } from '../restore/check-versions';
import { findingsOf } from '../restore/findings';
import { foldAll } from '../restore/fold-all';
import { kafkaForSpecs, recordsOf, topicForSpecs } from '../servers.testkit';
import { exportTopic } from './export-topics';
import { importTopic } from './import-topics';
import type { Manifest } from './manifest';
import { lastErasuresOn, withoutErased } from './without-erased';

jest.setTimeout(90_000);

const onProgress = (): void => undefined;
const atMinute = (minute: number) =>
  timestampSchema.parse(new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString());

const trainee = (name?: string) =>
  traineeSchema.parse({
    registration: name === undefined ? null : { code: 'HYGIENE', demo: false, at: atMinute(0) },
    optedOut: false,
    profile: { language: 'en', answers: {}, ...(name === undefined ? {} : { name }) },
    account: name === undefined ? {} : { employerId: 'acme' },
  });

const batchOf = (phone: Phone, version: number, events: readonly object[], name?: string): EventBatch => ({
  type: 'EventBatch',
  schemaVersion: 1,
  phone,
  at: atMinute(version),
  version,
  commandId: commandIdSchema.parse(`${phone.slice(1)}-${version}`),
  commandType: 'ReceiveSms',
  trainee: trainee(name),
  events: events as readonly DialogEvent[] as EventBatch['events'],
});

const registers = { ...eventSample('TraineeRegistered') };
const begins = (runId: string) => ({ ...eventSample('DrillStarted'), runId });
const completes = (runId: string) => ({ ...eventSample('DrillCompleted'), runId });
const erased = { ...eventSample('TraineeErased') };

/** Somebody who is erased after a run, and somebody else who comes to have the phone. */
const livesOf = (phone: Phone) => [
  batchOf(phone, 1, [registers], 'Ann Before'),
  batchOf(phone, 2, [begins(`before-${phone}`)], 'Ann Before'),
  batchOf(phone, 3, [erased]),
  batchOf(phone, 4, [registers], 'Eve Between'),
  batchOf(phone, 5, [completes(`before-${phone}`)], 'Eve Between'),
  batchOf(phone, 6, [erased]),
  batchOf(phone, 7, [registers], 'Cyd Since'),
  batchOf(phone, 8, [begins(`since-${phone}`)], 'Cyd Since'),
];
const lifeOf = (phone: Phone) => [
  batchOf(phone, 1, [registers], 'Bob Still'),
  batchOf(phone, 2, [begins(`of-${phone}`)], 'Bob Still'),
  batchOf(phone, 3, [completes(`of-${phone}`)], 'Bob Still'),
];

const renamed = (manifest: Manifest, from: string, to: string): Manifest => ({
  ...manifest,
  topics: { [to]: manifest.topics[from] ?? 0 },
  segments: manifest.segments.map((segment) => ({ ...segment, topic: to })),
});

/** A topic with these records, and one that was made of its copy without the erased. */
const bothOf = async (
  kafka: KafkaConnection,
  records: readonly { readonly key: Phone; readonly value: string }[],
  events?: string,
) => {
  const [whole, clean] = [await topicForSpecs(kafka, 3), await topicForSpecs(kafka, 3)];
  const publisher = kafkaPublisher(kafka);
  await publisher.publish(whole, records);
  await publisher.close();
  const folder = await mkdtemp(join(tmpdir(), 'erased-'));
  const sieve = withoutErased(await lastErasuresOn(kafka, { topic: events ?? whole }));
  const none = { format: 1 as const, clusterId: 'spec', at: atMinute(0), topics: {}, segments: [] };
  const exported = await exportTopic({ kafka, topic: whole, folder, manifest: none, sieve, onProgress });
  const manifest = renamed(exported.manifest, whole, clean);
  const writer = topicWriter(kafka);
  await importTopic({ kafka, writer, topic: clean, folder, manifest, appendMissing: false, onProgress });
  await writer.close();
  return { whole, clean };
};

describe('a topic that was copied without the erased', () => {
  const kafka = kafkaForSpecs();
  const open: Awaited<ReturnType<typeof connectMongo>>[] = [];
  afterAll(async () => {
    for (const mongo of open) {
      await mongo.dropDatabase();
      await mongo.close();
    }
  });

  /** What an empty database comes to from a topic. */
  const madeFrom = async (topic: string, phones: readonly Phone[]) => {
    const mongo = await connectMongo(testDatabase());
    open.push(mongo);
    const folded = await foldAll({ kafka, mongo }, { topic, commands: topic, onProgress });
    const events = await kafkaEventSource({ connection: kafka, group: `none-${topic}`, topic });
    const store = mongoRebuildStore(mongo);
    const request = { onPhone: onProgress, swap: { late: true, unknown: true } };
    await rebuildProgress({ store, events }, request);
    const progress = await mongoProgressStore(mongo);
    const dialogs = await mongoDialogStore(mongo).load(phones);
    const trainees = await Promise.all(phones.map((phone) => progress.trainee(phone)));
    return {
      stuck: [...folded.stuck],
      states: phones.map((phone) => {
        const found = dialogs.get(phone);
        return found?.kind === 'readable' ? [found.dialog.version, found.dialog.state] : undefined;
      }),
      trainees: trainees.map((found) => found && { ...found, offset: undefined }),
      figures: await completionTable(mongoRunFigures(mongo), {}, ['employer', 'drill']),
      found: findingsOf(await compareVersions({ kafka, mongo }, { topic, onProgress }), {
        beyond: [],
        madeAnew: 0,
      }).map(({ what }) => what),
    };
  };

  it('leads to the same dialogs, trainees and figures, and names nobody of before', async () => {
    const [ann, bob] = [someonesPhone(), someonesPhone()];
    const batches = [...livesOf(ann), ...lifeOf(bob)];
    const { whole, clean } = await bothOf(
      kafka,
      batches.map((batch) => ({ key: batch.phone, value: encodeBatch(batch) })),
    );
    const left = (await recordsOf(kafka, clean)).map(({ value }) => decodeBatch(value ?? ''));
    expect(left.map((read) => read.ok && [read.value.phone, read.value.version])).toEqual(
      expect.arrayContaining([6, 7, 8].map((version) => [ann, version])),
    );
    expect(left).toHaveLength(6);
    expect(JSON.stringify(left)).not.toMatch(/Ann Before|Eve Between|before-/);
    const [fromClean, fromWhole] = [await madeFrom(clean, [ann, bob]), await madeFrom(whole, [ann, bob])];
    expect(fromClean).toEqual(fromWhole);
    expect(fromClean).toMatchObject({
      stuck: [],
      found: ['outboxes are behind the batches'],
      figures: { total: { assigned: 2 } },
    });
    expect(fromClean.trainees).toMatchObject([
      { version: 8, trainee: { profile: { name: 'Cyd Since' } } },
      { version: 3 },
    ]);
  });

  it('has no words of theirs in the log of texts, and what those cost', async () => {
    const [ann, bob] = [someonesPhone(), someonesPhone()];
    const publisher = kafkaPublisher(kafka);
    const events = await topicForSpecs(kafka, 3);
    await publisher.publish(
      events,
      livesOf(ann).map((batch) => ({ key: ann, value: encodeBatch(batch) })),
    );
    await publisher.close();
    const sent = (phone: Phone, minute: number, body: string) => ({
      key: phone,
      value: encodeLogRecord({
        ...{ type: 'SmsSent', schemaVersion: 1, phone, at: atMinute(minute), sid: `SM${minute}` },
        ...{ messageId: `${phone}-${minute}`, body, mediaUrls: ['https://example.org/a.png'], segments: 2 },
      }),
    });
    const { clean } = await bothOf(
      kafka,
      [sent(ann, 2, 'before'), sent(ann, 7, 'since'), sent(bob, 2, 'another')],
      events,
    );
    const left = (await recordsOf(kafka, clean)).map(({ value }) => JSON.parse(String(value)));
    expect(left).toHaveLength(3);
    expect(left).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ phone: ann, sid: 'SM2', body: '', mediaUrls: [], segments: 2 }),
        expect.objectContaining({ phone: ann, sid: 'SM7', body: 'since' }),
        expect.objectContaining({ phone: bob, sid: 'SM2', body: 'another' }),
      ]),
    );
  });
});
