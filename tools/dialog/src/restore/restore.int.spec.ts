import { encodeLogRecord, timestampSchema, type Phone } from '@stopcovid/contracts';
import { mongoDialogStore } from '@stopcovid/dialog-engine';
import { kafkaPublisher } from '@stopcovid/kafka';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import type { MongoConnection } from '../mongo';
import { historyOf, someonesPhone } from '../repair.testkit';
import { kafkaForSpecs, topicForSpecs } from '../servers.testkit';
import { compareVersions } from './check-versions';
import { findingsOf } from './findings';
import { foldAll } from './fold-all';
import { settleAll } from './settle-all';

jest.setTimeout(90_000);

describe('a database that is older than the topics', () => {
  const kafka = kafkaForSpecs();
  const onProgress = (): void => undefined;
  let mongo: MongoConnection;
  beforeEach(async () => void (mongo = await connectMongo(testDatabase())));
  afterEach(async () => {
    await mongo.dropDatabase();
    await mongo.close();
  });

  const historiesOn = async (counts: readonly number[]) => {
    const topic = await topicForSpecs(kafka, 3);
    const publisher = kafkaPublisher(kafka);
    const histories = counts.map((count) => {
      const phone = someonesPhone();
      return { phone, ...historyOf(phone, count) };
    });
    for (const { phone, batches } of histories)
      await publisher.publish(
        topic,
        batches.map(({ wire }) => ({ key: phone, value: wire })),
      );
    await publisher.close();
    return { topic, histories };
  };
  /** The database as it was after so many batches of a phone. */
  const backedUp = async (phone: Phone, version: number): Promise<void> => {
    const { batches, state } = historyOf(phone, version);
    const recentCommandIds = batches.map(({ batch }) => batch.commandId);
    const dialog = { phone, version, state, outbox: [], recentCommandIds };
    await mongoDialogStore(mongo).commit([{ expected: 0, dialog }]);
    await mongo
      .collection<{ _id: string }>('outboxes')
      .insertOne({ _id: phone, lastVersion: version } as never);
  };
  const found = async (topic: string) => {
    const compared = await compareVersions({ kafka, mongo }, { topic, onProgress });
    return findingsOf(compared, { beyond: [], madeAnew: 0 }).map(({ what, count }) => [what, count]);
  };

  it('is told how far behind it is, and made whole once, however often that is asked for', async () => {
    const { topic, histories } = await historiesOn([4, 3, 2]);
    const [ann, bob] = histories;
    await backedUp(ann!.phone, 2);
    await backedUp(bob!.phone, 3);
    expect(await found(topic)).toEqual([
      ['dialogs are behind their batches', 2],
      ['outboxes are behind the batches', 2],
      ['trainees are behind the batches', 3],
    ]);
    const totals = await foldAll({ kafka, mongo }, { topic, commands: topic, onProgress });
    expect(totals).toMatchObject({ written: 2, poison: 0 });
    const dialogs = await mongoDialogStore(mongo).load(histories.map(({ phone }) => phone));
    for (const { phone, state, batches } of histories)
      expect(dialogs.get(phone)).toMatchObject({ dialog: { version: batches.length, state } });
    expect(await foldAll({ kafka, mongo }, { topic, commands: topic, onProgress })).toMatchObject({
      written: 0,
    });
    expect((await found(topic)).map(([what]) => what)).not.toContain('dialogs are behind their batches');
  });

  it('sends nothing of what its outboxes hold or lack before the carrier was asked', async () => {
    const { topic, histories } = await historiesOn([3, 2]);
    const [ann, bob] = histories;
    const log = await topicForSpecs(kafka, 3);
    const { emptyOutbox, mongoOutboxStore } = await import('@stopcovid/sms-sender');
    const outboxes = await mongoOutboxStore(mongo);
    const text = (id: string) =>
      ({
        id,
        body: id,
        kind: 'reply',
        createdAt: Date.now(),
        attempts: 0,
        delivery: { status: 'READY' },
      }) as const;
    const before = {
      ...emptyOutbox(ann!.phone, 0),
      lastVersion: 1,
      pending: [text('logged'), text('unknown')],
    };
    await outboxes.save([before]);
    const at = timestampSchema.parse(new Date().toISOString());
    const sent = {
      type: 'SmsSent',
      schemaVersion: 1,
      phone: ann!.phone,
      at,
      messageId: 'logged',
      sid: 'SM1',
    } as const;
    const publisher = kafkaPublisher(kafka);
    const value = encodeLogRecord({ ...sent, body: 'logged', mediaUrls: [] });
    await publisher.publish(log, [{ key: ann!.phone, value }]);
    await publisher.close();
    const settle = () =>
      settleAll(
        { kafka, mongo },
        { events: topic, log, group: `none-${topic}`, maxAgeMs: Date.now(), onProgress },
      );
    expect(await settle()).toMatchObject({ logged: 1, doubtful: 1, batches: 4 });
    const found = (await outboxes.load([ann!.phone, bob!.phone])).outboxes;
    expect(found.get(ann!.phone)).toMatchObject({
      lastVersion: 1,
      doubtfulTo: 3,
      recentSids: ['SM1'],
      pending: [{ id: 'unknown', delivery: { status: 'AMBIGUOUS' } }],
    });
    expect(found.get(bob!.phone)).toMatchObject({ lastVersion: 0, doubtfulTo: 2 });
    expect(await settle()).toMatchObject({ logged: 0, doubtful: 1, batches: 4 });
  });

  it('passes over batches that are too old for their texts to go out', async () => {
    const { topic, histories } = await historiesOn([3]);
    const log = await topicForSpecs(kafka, 3);
    const options = { events: topic, log, group: `none-${topic}`, maxAgeMs: 0, onProgress };
    expect(await settleAll({ kafka, mongo }, options)).toMatchObject({ written: 1, batches: 0 });
    const { mongoOutboxStore } = await import('@stopcovid/sms-sender');
    const { outboxes } = await (await mongoOutboxStore(mongo)).load([histories[0]!.phone]);
    expect(outboxes.get(histories[0]!.phone)).toMatchObject({ lastVersion: 3, pending: [] });
  });

  it('that is newer is told of, and left as it is', async () => {
    const { topic, histories } = await historiesOn([2]);
    await backedUp(histories[0]!.phone, 3);
    await backedUp(someonesPhone(), 1);
    const told = await found(topic);
    expect(told).toContainEqual(['dialogs are ahead of their batches', 1]);
    expect(told).toContainEqual(['dialogs are unknown to the topic', 1]);
    expect(await foldAll({ kafka, mongo }, { topic, commands: topic, onProgress })).toMatchObject({
      written: 0,
    });
  });
});
