import type { Phone, SmsLogRecord } from '@stopcovid/contracts';
import { InMemoryLog, type LogRecord } from '@stopcovid/kafka';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { logRecord } from '../messages/messages.testkit';
import { mongoMessageStore } from '../messages/mongo-message-store';
import { mongoLogStore } from './mongo-log-store';
import { rebuildMessages, type LogRebuildParts } from './rebuild-messages';
import type { RebuildRequest } from './rebuild-job';
import type { PhoneReport } from './rebuild-report';
import { messagesIn, messagesOver, phonesFrom, publishTexts } from './rebuild.testkit';

type Connection = Awaited<ReturnType<typeof connectMongo>>;
type Stored = { readonly _id: string; readonly [field: string]: unknown };

const everything = { late: true, unknown: true };
const cautious = { late: false, unknown: false };

/** One message in, one out with its reports, one refused. */
const talk = (phone: Phone): readonly SmsLogRecord[] => [
  logRecord('SmsReceived', { phone, sid: `in-${phone}`, body: 'yes' }, 1),
  logRecord('SmsStatusChanged', { phone, sid: `out-${phone}`, status: 'delivered' }, 4),
  logRecord('SmsSent', { phone, messageId: `ours-${phone}`, sid: `out-${phone}`, segments: 1 }, 2),
  logRecord('SmsSent', { phone, messageId: `refused-${phone}`, error: { code: '21610', message: 'no' } }, 3),
];
const last = (phone: Phone): SmsLogRecord =>
  logRecord('SmsStatusChanged', { phone, sid: `out-${phone}`, status: 'read' }, 9);

describe('a rebuild of the messages', () => {
  const open: Connection[] = [];
  afterAll(async () => {
    for (const connection of open) {
      await connection.dropDatabase();
      await connection.close();
    }
  });

  const world = async () => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    const log = new InMemoryLog(3);
    const take = messagesOver(log, await mongoMessageStore(connection));
    const publish = (...records: readonly SmsLogRecord[]) => publishTexts(log, ...records);
    const parts: LogRebuildParts = {
      store: mongoLogStore(connection),
      log: messagesIn(log),
    };
    const rebuild = async (request: Partial<RebuildRequest> = {}, using = parts) => {
      const reports: PhoneReport[] = [];
      const totals = await rebuildMessages(using, { onPhone: (report) => reports.push(report), ...request });
      return { totals, reports };
    };
    const messages = connection.collection<Stored>('messages');
    const content = async () =>
      (await messages.find({}, { projection: { version: 0, writeId: 0 } }).toArray()).sort((one, other) =>
        one._id < other._id ? -1 : 1,
      );
    const names = async () => (await connection.listCollections()).map(({ name }) => name);
    return { log, publish, take, parts, rebuild, messages, content, names };
  };

  const [ann, bob, cyd, dan] = phonesFrom(4) as [Phone, Phone, Phone, Phone];

  it('finds nothing where nothing is wrong, and leaves nothing behind', async () => {
    const { publish, take, rebuild, names } = await world();
    publish(...phonesFrom(450).flatMap(talk));
    await take();
    const { totals, reports } = await rebuild();
    expect(reports).toEqual([]);
    expect(totals).toMatchObject({ batches: 1_800, same: 450, replaced: 0, handled: true });
    expect((await names()).filter((name) => name.includes('shadow'))).toEqual([]);
  });

  it('says which were spoilt, deleted and invented, changes nothing unless told to, and mends them', async () => {
    const { publish, take, rebuild, messages, content } = await world();
    publish(...[ann, bob, cyd, dan].flatMap(talk));
    await take();
    const right = await content();
    await messages.updateOne({ _id: `ours-${ann}` }, { $set: { body: 'Goodbye', segments: 'many' } });
    await messages.deleteOne({ _id: `in-${bob}` });
    const model = await messages.findOne({ _id: `ours-${cyd}` });
    await messages.insertOne({ ...model, _id: `invented`, sid: 'SM-invented' });
    await messages.deleteMany({ phone: dan });
    const told = await rebuild();
    const found = told.reports.map(({ phone, finding, differences, replaced }) => [
      phone,
      { finding, replaced, of: differences.map(({ id, fields }) => [id, fields]) },
    ]);
    expect(new Map(found as [Phone, unknown][])).toEqual(
      new Map<Phone, unknown>([
        [ann, { finding: 'different', replaced: false, of: [[`ours-${ann}`, ['body', 'segments']]] }],
        [bob, { finding: 'different', replaced: false, of: [[`in-${bob}`, []]] }],
        [cyd, { finding: 'different', replaced: false, of: [['invented', []]] }],
        [dan, expect.objectContaining({ finding: 'missing', replaced: false })],
      ]),
    );
    expect(await content()).not.toEqual(right);
    const one = await rebuild({ phones: [ann], swap: cautious });
    expect(one.totals).toMatchObject({ findings: { different: 1 }, replaced: 1 });
    const all = await rebuild({ swap: cautious });
    expect(all.totals).toMatchObject({ same: 1, findings: { different: 2, missing: 1 }, replaced: 3 });
    expect(await content()).toEqual(right);
    await expect(rebuild()).resolves.toMatchObject({ totals: { same: 4 }, reports: [] });
  });

  it('mends a message whose id was given to an invented one', async () => {
    const { publish, take, rebuild, messages, content } = await world();
    publish(...talk(ann));
    await take();
    const right = await content();
    const model = await messages.findOne({ _id: `ours-${ann}` });
    await messages.deleteOne({ _id: `ours-${ann}` });
    await messages.insertOne({ ...model, _id: 'impostor' });
    await expect(rebuild({ swap: cautious })).resolves.toMatchObject({ totals: { replaced: 1 } });
    expect(await content()).toEqual(right);
  });

  it('removes the messages of phones that the log does not know only when told to', async () => {
    const { publish, take, rebuild, messages } = await world();
    publish(...talk(ann));
    await take();
    const model = await messages.findOne({ _id: `ours-${ann}` });
    await messages.insertOne({ ...model, _id: 'stray', sid: 'SM-stray', phone: bob });
    const spared = await rebuild({ swap: cautious });
    expect(spared.totals).toMatchObject({ same: 1, findings: { unknown: 1 }, replaced: 0 });
    const { totals } = await rebuild({ swap: everything });
    expect(totals).toMatchObject({ findings: { unknown: 1 }, replaced: 1 });
    expect(await messages.countDocuments({ phone: bob })).toBe(0);
  });

  it('goes after a service that goes on meanwhile, and takes nothing of what it writes', async () => {
    const { publish, take, parts, rebuild, messages } = await world();
    publish(...[ann, bob].flatMap(talk));
    await take();
    await messages.updateOne({ _id: `ours-${bob}` }, { $set: { body: 'Goodbye' } });
    let looks = 0;
    const { store } = parts;
    const racing: LogRebuildParts = {
      ...parts,
      store: {
        ...store,
        live: {
          ...store.live,
          documents: async (phones) => {
            looks += 1;
            if (looks === 1) publish(last(ann));
            if (looks === 1) await take();
            if (looks === 2) publish(last(bob));
            return store.live.documents(phones);
          },
          replace: async (replacements) => {
            if (looks === 2) await take();
            return store.live.replace(replacements);
          },
        },
      },
    };
    const { totals, reports } = await rebuild({ swap: cautious }, racing);
    expect(reports).toMatchObject([{ phone: bob, finding: 'different', replaced: true }]);
    expect(totals).toMatchObject({ same: 1, replaced: 1 });
    await expect(rebuild()).resolves.toMatchObject({ totals: { same: 2 } });
    const after = await messages.find({ status: 'read' }).sort({ phone: 1 }).toArray();
    expect(after.map(({ phone, body }) => [phone, body])).toEqual([
      [ann, 'Hello'],
      [bob, 'Hello'],
    ]);
  });

  it('is noticed by a service that had read a message before the swap', async () => {
    const { publish, take, rebuild, messages } = await world();
    publish(...talk(ann));
    await take();
    const before = await messages.findOne({ _id: `ours-${ann}` });
    await messages.updateOne({ _id: `ours-${ann}` }, { $set: { body: 'Goodbye' } });
    await rebuild({ swap: cautious });
    const after = await messages.findOne({ _id: `ours-${ann}` });
    expect(after?.['writeId']).not.toEqual(before?.['writeId']);
    publish(last(ann));
    await take();
    await expect(rebuild()).resolves.toMatchObject({ totals: { same: 1 } });
  });

  it('judges no message from before the beginning of what is kept of the log', async () => {
    const { publish, take, parts, rebuild, messages, content } = await world();
    publish(...talk(ann));
    await take();
    const right = await content();
    const timestamp = Date.parse('2026-03-01T10:01:30.000Z');
    const kept = (records: readonly LogRecord[]): readonly LogRecord[] =>
      records.filter(({ offset }) => offset !== '0').map((record) => ({ ...record, timestamp }));
    const shortened: LogRebuildParts = {
      ...parts,
      log: { ...parts.log, read: (range, visit) => parts.log.read(range, (all) => visit(kept(all))) },
    };
    await expect(rebuild({ swap: everything }, shortened)).resolves.toMatchObject({ totals: { same: 1 } });
    await messages.updateOne({ _id: `ours-${ann}` }, { $set: { body: 'Goodbye' } });
    await expect(rebuild({ swap: everything }, shortened)).resolves.toMatchObject({
      totals: { findings: { different: 1 }, replaced: 1 },
    });
    expect(await content()).toEqual(right);
  });

  it('holds so many phones in memory at once, however many there are', async () => {
    const { publish, take, parts, rebuild, messages } = await world();
    publish(...phonesFrom(1_200).map((phone) => logRecord('SmsReceived', { phone, sid: `in-${phone}` })));
    await take();
    await messages.updateMany({}, { $set: { body: 'spoilt' } });
    let most = 0;
    const { store } = parts;
    const documents = (phones: readonly Phone[]) => {
      most = Math.max(most, phones.length);
      return store.live.documents(phones);
    };
    const counted = { ...parts, store: { ...store, live: { ...store.live, documents } } };
    const { totals } = await rebuild({}, counted);
    expect(totals.findings.different).toBe(1_200);
    expect(most).toBeLessThan(700);
  });

  it('of a log of which the service has committed nothing puts nothing back that is missing', async () => {
    const { publish, rebuild, messages } = await world();
    publish(...talk(ann));
    await expect(rebuild({ swap: cautious })).resolves.toMatchObject({
      totals: { handled: false, replaced: 0 },
      reports: [{ finding: 'missing' }],
    });
    expect(await messages.countDocuments({})).toBe(0);
  });
});
