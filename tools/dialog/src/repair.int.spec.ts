import {
  decodeBatch,
  encodeCommand,
  encodeLogRecord,
  timestampSchema,
  topics,
  topicSettings,
  type DialogCommand,
  type Phone,
  type SmsLogRecord,
} from '@stopcovid/contracts';
import { mongoDialogStore } from '@stopcovid/dialog-engine';
import { clusterIdOf, createTopics, kafkaPublisher, readTopic, type Publisher } from '@stopcovid/kafka';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoBucketProof } from '@stopcovid/progress-tracker';
import { writeMarker } from './environment-marker';
import type { WireBatch } from './repair-plan';
import { entriesOf, historyOf, renaming, someonesPhone } from './repair.testkit';
import { run } from './terminal.testkit';

type Stored = { readonly _id: string; readonly [field: string]: unknown };

const requireBrokers = (): string => {
  const brokers = process.env['KAFKA_BROKERS'];
  if (!brokers) throw new Error('KAFKA_BROKERS is not set: this spec needs a real Kafka, host:port');
  return brokers;
};

const nobodysMessages = (phone: string): readonly string[] => [
  '--messages-group',
  `nobodys-messages-${phone.slice(1)}`,
];

const logRecordOf = (phone: Phone): SmsLogRecord => ({
  type: 'SmsReceived',
  schemaVersion: 1,
  phone,
  at: timestampSchema.parse('2026-03-01T10:00:00.000Z'),
  sid: `SM-${phone.slice(1)}`,
  to: '+12025550100',
  body: 'yes',
  mediaUrls: [],
});

describe('a phone on real servers', () => {
  const database = testDatabase();
  let mongo: Awaited<ReturnType<typeof connectMongo>>;
  let publisher: Publisher;
  const connection = { brokers: requireBrokers().split(','), clientId: 'spec' };

  const dialog = (args: readonly string[], input: readonly string[] = []) =>
    run(
      args,
      input,
      {
        MONGODB_URL: database.url,
        KAFKA_BROKERS: requireBrokers(),
        DIALOG_ENVIRONMENT: 'spec',
      },
      { interactive: input.length > 0 },
    );
  beforeAll(async () => {
    mongo = await connectMongo(database);
    await createTopics(connection, topicSettings(3), { replicationFactor: 1 });
    publisher = kafkaPublisher(connection);
    await writeMarker(mongo, { name: 'spec', kafkaClusterId: await clusterIdOf(connection) });
  });
  afterAll(async () => {
    await publisher.close();
    await mongo.dropDatabase();
    await mongo.close();
  });

  const publish = (phone: Phone, batches: readonly WireBatch[]): Promise<void> =>
    publisher.publish(
      topics.dialogEvents,
      batches.map(({ wire }) => ({ key: phone, value: wire })),
    );
  const dialogs = () => mongo.collection<Stored>('dialogs');
  const valuesOf = async (topic: string, phone: Phone): Promise<readonly string[]> => {
    const found: string[] = [];
    await readTopic(connection, { topic }, (records) => {
      for (const { key, value } of records) if (key === phone) found.push(value?.toString() ?? '');
    });
    return found;
  };
  /* A command that is woken may be decided by an engine that another spec runs on these brokers. */
  const versionsOnTopic = async (phone: Phone, woken?: DialogCommand): Promise<readonly number[]> =>
    (await valuesOf(topics.dialogEvents, phone)).flatMap((wire) => {
      const batch = decodeBatch(wire);
      if (!batch.ok) return [0];
      return batch.value.commandId === woken?.commandId ? [] : [batch.value.version];
    });

  describe('repair', () => {
    it('writes an unreadable document anew, keeps its marks, and wakes what was held', async () => {
      const phone = someonesPhone();
      const { batches, state } = historyOf(phone, 6);
      await publish(phone, batches.slice(0, 5));
      const outbox = [{ what: 'nonsense' }, ...entriesOf(batches.slice(4)).map(({ entry }) => entry)];
      await dialogs().insertOne({
        _id: phone,
        version: 5,
        writeId: 'a',
        state: 'torn',
        outbox,
        hold: 'mark',
        odd: 1,
      });
      const woken = renaming(phone, 7);
      const held = encodeCommand(woken);
      await mongo.collection<Stored>('held_commands').insertOne({
        ...{ _id: 'mark 7', hold: 'mark', phone, commandId: '7', partition: 0, offset: '7', value: held },
      });
      const { exit, out } = await dialog(['repair', phone, '--yes']);
      expect([exit, out.at(-1)]).toEqual([0, 'done']);
      const stored = (await mongoDialogStore(mongo).load([phone])).get(phone);
      expect(stored).toMatchObject({ kind: 'readable', dialog: { version: 6, state, hold: 'mark' } });
      await expect(dialogs().findOne({ _id: phone })).resolves.toMatchObject({ odd: 1 });
      expect(await versionsOnTopic(phone, woken)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await valuesOf(topics.dialogCommands, phone)).toEqual([held]);
    });

    it('fills a hole from the outbox and says again what follows; before it is told to, nothing', async () => {
      const phone = someonesPhone();
      const { batches, state } = historyOf(phone, 4);
      await publish(
        phone,
        [0, 1, 3].flatMap((index) => batches[index] ?? []),
      );
      const outbox = entriesOf(batches.slice(2)).map(({ entry }) => entry);
      await dialogs().insertOne({
        _id: phone,
        version: 4,
        writeId: 'a',
        state,
        outbox,
        recentCommandIds: [],
      });
      await expect(dialog(['repair', phone, '--dry-run'])).resolves.toMatchObject({
        exit: 1,
        out: ['missing from the topic: 3', expect.stringContaining('publish versions 3, 4')],
      });
      await expect(dialog(['repair', phone], ['no'])).resolves.toMatchObject({ exit: 1 });
      expect(await versionsOnTopic(phone)).toEqual([1, 2, 4]);
      await expect(dialog(['repair', phone], ['yes'])).resolves.toMatchObject({ exit: 0 });
      expect(await versionsOnTopic(phone)).toEqual([1, 2, 4, 3, 4]);
      await expect(dialog(['repair', phone])).resolves.toMatchObject({
        exit: 0,
        out: [expect.stringContaining('nothing is wrong')],
      });
    });

    it('says which versions nobody has', async () => {
      const phone = someonesPhone();
      const { batches, state } = historyOf(phone, 4);
      await publish(phone, [...batches.slice(0, 1), ...batches.slice(3)]);
      await dialogs().insertOne({
        _id: phone,
        version: 4,
        writeId: 'a',
        state,
        outbox: [],
        recentCommandIds: [],
      });
      const { exit, out } = await dialog(['repair', phone, '--yes']);
      expect(exit).toBe(1);
      expect(out).toContain('lost, neither on the topic nor in the outbox: 2 to 3');
    });

    it('puts a missing document back', async () => {
      const phone = someonesPhone();
      const { batches, state } = historyOf(phone, 3);
      await publish(phone, batches);
      await expect(dialog(['repair', phone, '--yes'])).resolves.toMatchObject({ exit: 0 });
      const stored = (await mongoDialogStore(mongo).load([phone])).get(phone);
      expect(stored).toMatchObject({ kind: 'readable', dialog: { version: 3, state } });
    });
  });

  describe('rebuild', () => {
    it('compares, asks, swaps and is content', async () => {
      const phone = someonesPhone();
      await publish(phone, historyOf(phone, 3).batches);
      const rebuild = (options: readonly string[], input: readonly string[] = []) =>
        dialog(
          ['rebuild', phone, '--group', `nobody-${phone.slice(1)}`, ...nobodysMessages(phone), ...options],
          input,
        );
      const missing = await rebuild([]);
      expect(missing.exit).toBe(1);
      expect(missing.out.join('\n')).toContain('is missing; the topic has it at version 3');
      expect(missing.out.join('\n')).not.toContain(phone);
      expect(missing.err.join('\n')).toContain('has committed nothing');
      await expect(rebuild(['--swap', '--late'], ['n'])).resolves.toMatchObject({
        exit: 1,
        out: [],
      });
      const swapped = await rebuild(['--swap', '--late', '--yes', '--json', '--full']);
      expect(swapped.exit).toBe(0);
      expect(swapped.out.map((line) => JSON.parse(line) as unknown)).toMatchObject([
        { phone, finding: 'missing', replaced: true },
        { of: 'events', totals: { replaced: 1 } },
        { of: 'messages', totals: { replaced: 0 } },
      ]);
      await expect(rebuild([])).resolves.toMatchObject({ exit: 0 });
      const listed = await dialog(['trainees', '--csv', '--full']);
      expect(listed.out.join('\n')).toContain(`${phone},false,false,en`);
    });
  });

  it('rebuilds the messages of the log too, by themselves when asked to', async () => {
    const phone = someonesPhone();
    const record = logRecordOf(phone);
    await publisher.publish(topics.smsLog, [{ key: phone, value: encodeLogRecord(record) }]);
    const rebuild = (...options: readonly string[]) =>
      dialog(['rebuild', phone, '--only', 'messages', ...nobodysMessages(phone), ...options]);
    const missing = await rebuild();
    expect(missing.exit).toBe(1);
    expect(missing.out.join('\n')).toContain('has no messages; the log has some');
    expect(missing.out.join('\n')).not.toContain(phone);
    await expect(rebuild('--swap', '--late', '--yes')).resolves.toMatchObject({ exit: 0 });
    const stored = await mongo.collection('messages').find({ phone }).toArray();
    expect(stored).toMatchObject([{ body: 'yes', status: 'received' }]);
    await expect(rebuild()).resolves.toMatchObject({ exit: 0 });
  });

  it('proves that figures are what the runs come to, and counts anew what is not', async () => {
    const rebuild = (...options: readonly string[]) =>
      dialog(['rebuild', '--all', '--only', 'figures', '--yes', ...options]);
    await expect(rebuild()).resolves.toMatchObject({
      exit: 0,
      out: ['buckets are not built yet: figures are of the runs alone'],
    });
    const { buckets } = await mongoBucketProof(mongo);
    await buckets.noteDone('built', new Date());
    const key = { employerId: 'acme', day: '2026-03-01' };
    const counts = { assigned: 1 };
    const cell = { drill: 'one', revision: 'r', reason: 'scheduled', language: 'en', counts };
    await mongo
      .collection<Stored>('buckets')
      .insertOne({ _id: '2026-03-01 "acme"', ...key, version: 1, counts, cells: [cell], writeId: 'a' });
    await expect(rebuild()).resolves.toMatchObject({
      exit: 1,
      out: [
        'the figures of acme on 2026-03-01 are not what their runs come to',
        '0 buckets of 1 day are what their runs come to, 1 drifted, 0 replaced',
      ],
    });
    const swapped = await rebuild('--swap', '--json');
    expect(swapped.exit).toBe(0);
    expect(swapped.out.map((line) => JSON.parse(line) as unknown)).toEqual([
      { ...key, finding: 'drifted', replaced: true },
      { of: 'figures', totals: { days: 1, compared: 1, drifted: 1, replaced: 1, built: true } },
    ]);
    await expect(rebuild()).resolves.toMatchObject({ exit: 0 });
  });

  it('and a Kafka that does not answer is said to be so', async () => {
    const away = await dialog(['rebuild', someonesPhone(), '--brokers', '127.0.0.1:1']);
    expect(away).toMatchObject({ exit: 3, err: [expect.stringContaining('does not answer')] });
  });
});
