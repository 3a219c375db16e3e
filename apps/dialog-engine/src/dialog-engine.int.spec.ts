import 'reflect-metadata';
import { randomInt, randomUUID } from 'node:crypto';
import {
  deadLetterTopic,
  decodeBatch,
  encodeCommand,
  phoneSchema,
  topics,
  topicSettings,
  type EventBatch,
  type Phone,
} from '@stopcovid/contracts';
import {
  createTopics,
  deadLetterHeaders,
  done,
  KafkaBatchStrategy,
  kafkaPublisher,
  type LogRecord,
  type Publisher,
} from '@stopcovid/kafka';
import { testDatabase } from '@stopcovid/mongo';
import { createRuntime, type RunningApp, Secret, until } from '@stopcovid/runtime';
import { DialogEngineConfig } from './config';
import { drillsFolder, start, text } from './engine.testkit';
import { addCode } from './registration/registration-codes';
import { realWorld, startWith } from './start';

const requireBrokers = (): string => {
  const brokers = process.env['KAFKA_BROKERS'];
  if (!brokers) throw new Error('KAFKA_BROKERS is not set: this spec needs a real Kafka, host:port');
  return brokers;
};

const somebody = (): Phone => phoneSchema.parse(`+1202${randomInt(1_000_000, 9_999_999)}`);
const account = { employerName: 'Hotel Aurora' };

describe('the dialog engine over Kafka and MongoDB', () => {
  const ann = somebody();
  const ben = somebody();
  const mine = new Set<string>([ann, ben]);
  const seen: LogRecord[] = [];
  let engine: RunningApp;
  let reader: KafkaBatchStrategy;
  let commands: Publisher;

  /** Others share the broker: the engine under test says nothing about their phones. */
  const onlyMine = (publisher: Publisher): Publisher => ({
    publish: (topic, records) =>
      publisher.publish(
        topic,
        records.filter(({ key }) => mine.has(key)),
      ),
    close: () => publisher.close(),
  });

  const batchesOf = (phone: Phone): readonly EventBatch[] =>
    seen
      .filter(({ topic, key }) => topic === topics.dialogEvents && key === phone)
      .flatMap(({ value }) => {
        const batch = decodeBatch(value ?? '');
        return batch.ok ? [batch.value] : [];
      });
  const deadOf = (phone: Phone): readonly LogRecord[] =>
    seen.filter(({ topic, key }) => topic === deadLetterTopic(topics.dialogCommands) && key === phone);

  const listenTo = async (brokers: string): Promise<void> => {
    const { logger, health, metrics } = createRuntime('reader', { LOG_LEVEL: 'fatal', LOG_FORMAT: 'json' });
    const kafka = { brokers: brokers.split(','), clientId: 'reader' };
    reader = new KafkaBatchStrategy({
      kafka,
      group: `reader-${randomUUID()}`,
      logger,
      health,
      metrics,
      maxWaitMs: 50,
    });
    const keep = async (records: readonly LogRecord[]) => {
      seen.push(...records.filter(({ key }) => key !== null && mine.has(key)));
      return records.map(() => done);
    };
    for (const topic of [topics.dialogEvents, deadLetterTopic(topics.dialogCommands)])
      reader.addHandler(topic, keep, true);
    await new Promise<void>((resolve, reject) => {
      reader.listen((error?: unknown) => (error ? reject(error) : resolve()));
    });
  };

  beforeAll(async () => {
    const brokers = requireBrokers();
    const config: DialogEngineConfig = {
      ...new DialogEngineConfig(),
      KAFKA_BROKERS: brokers.split(','),
      KAFKA_GROUP: `engine-${randomUUID()}`,
      MONGODB_URL: new Secret(testDatabase().url),
      DRILLS_DIR: await drillsFolder(),
      LOG_LEVEL: 'fatal',
      PORT: 0,
      HOST: '127.0.0.1',
    };
    const kafka = { brokers: brokers.split(','), clientId: 'spec' };
    await createTopics(kafka, topicSettings(3), { replicationFactor: 1 });
    await listenTo(brokers);
    commands = kafkaPublisher(kafka);
    const runtime = createRuntime('dialog-engine', config);
    const { parts, ...world } = await realWorld(config, runtime);
    await addCode(parts.codes, { code: 'clean1', demo: false, account }, new Date());
    engine = await startWith({
      config,
      runtime,
      ...world,
      parts: { ...parts, publisher: onlyMine(parts.publisher) },
    });
  });
  afterAll(async () => {
    await engine.close();
    await reader.close();
    await commands.close();
  });

  const send = (phone: Phone, value: string): Promise<void> =>
    commands.publish(topics.dialogCommands, [{ key: phone, value }]);

  it('registers who texts a good code, and carries a drill to its end', async () => {
    await send(ann, encodeCommand(text(ann, `${ann}-1`, 'Clean1')));
    await send(ann, encodeCommand(start(ann, `${ann}-2`)));
    await send(ann, encodeCommand(text(ann, `${ann}-3`, 'b')));
    await until(() => batchesOf(ann).length >= 3);
    expect(batchesOf(ann).map(({ version, events }) => [version, events.map(({ type }) => type)])).toEqual([
      [1, ['TraineeRegistered']],
      [2, ['DrillStarted']],
      [3, ['PromptCompleted', 'PromptAdvanced', 'DrillCompleted']],
    ]);
    expect(batchesOf(ann)[0]?.trainee.account).toEqual(account);
  });

  it('puts a malformed command aside with its story, and goes on with the next', async () => {
    await send(ben, '{"type":"ReceiveSms","schemaVersion":1}');
    await send(ben, encodeCommand(text(ben, `${ben}-1`, 'clean1')));
    await until(() => batchesOf(ben).length >= 1 && deadOf(ben).length >= 1);
    expect(deadOf(ben)[0]?.headers).toMatchObject({
      [deadLetterHeaders.code]: 'INVALID',
      [deadLetterHeaders.topic]: topics.dialogCommands,
    });
    expect(batchesOf(ben)[0]?.events).toMatchObject([{ type: 'TraineeRegistered' }]);
  });

  it('puts every kind of poison aside, a megabyte among them, and its neighbours are done within seconds', async () => {
    const good = encodeCommand(text(ben, `${ben}-2`, 'HELP'));
    const spoilt = (change: object): string =>
      JSON.stringify({ ...JSON.parse(good), commandId: randomUUID(), ...change });
    const poison: readonly (readonly [string, string | null])[] = [
      ['VALUE_MISSING', null],
      ['KEY_MISMATCH', spoilt({ phone: ann })],
      ['INVALID', spoilt({ text: 'a'.repeat(1_000_000) })],
      ['NOT_JSON', good.slice(0, -1)],
      ['UNKNOWN_TYPE', spoilt({ type: 'dance' })],
      ['UNKNOWN_SCHEMA_VERSION', spoilt({ schemaVersion: 0 })],
      ['INVALID', spoilt({ at: '9999-12-31T23:59:59.999Z' })],
    ];
    const before = deadOf(ben).length;
    for (const [, value] of poison) await commands.publish(topics.dialogCommands, [{ key: ben, value }]);
    await send(ben, good);
    await until(() => batchesOf(ben).length >= 2 && deadOf(ben).length >= before + poison.length);
    const dead = deadOf(ben).slice(before);
    expect(dead.map(({ headers }) => headers[deadLetterHeaders.code])).toEqual(poison.map(([code]) => code));
    expect(dead.map(({ value }) => value?.toString() ?? null)).toEqual(poison.map(([, value]) => value));
    expect(batchesOf(ben).at(-1)).toMatchObject({ version: 2, commandId: `${ben}-2` });
  });

  it('decides a command once, however often it is delivered', async () => {
    const said = encodeCommand(text(ann, `${ann}-1`, 'Clean1'));
    await send(ann, said);
    await send(ann, encodeCommand(text(ann, `${ann}-4`, 'thanks')));
    await until(() => batchesOf(ann).some(({ commandId }) => commandId === `${ann}-4`));
    const versions = new Set(batchesOf(ann).map(({ version, commandId }) => `${version} ${commandId}`));
    expect([...versions]).toEqual([`1 ${ann}-1`, `2 ${ann}-2`, `3 ${ann}-3`, `4 ${ann}-4`]);
  });

  it('says that it is ready', async () => {
    const answer = await fetch(`${engine.url}/health/ready`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('mongodb');
  });
});
