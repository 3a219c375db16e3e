import { encodeLogRecord, phoneSchema, type SmsLogRecord } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { breakableDatabase, type BreakableDatabase } from '@stopcovid/mongo';
import fc from 'fast-check';
import type { Connection } from 'mongoose';
import { mongoErasures } from '../erasure/mongo-erasures';
import { handleLogRecords } from './handle-log-records';
import type { MessageStore } from './message-store';
import { logRecord, shuffledLogs, tell } from './messages.testkit';
import { mongoMessageStore } from './mongo-message-store';
import { inMemoryWaitingRecords } from './waiting-records';

const names = ['a', 'b', 'c', 'd', 'e'];
const phoneOf = (name: string): string => phoneSchema.parse(`+1202555014${names.indexOf(name)}`);

const sent = (name: string): SmsLogRecord =>
  logRecord('SmsSent', { messageId: `m-${name}`, sid: `SM-${name}`, phone: phoneOf(name) });
const delivered = (name: string): SmsLogRecord =>
  logRecord('SmsStatusChanged', { sid: `SM-${name}`, status: 'delivered', phone: phoneOf(name) }, 2);
const reported = (name: string): SmsLogRecord =>
  logRecord(
    'SmsStatusChanged',
    { messageId: `m-${name}`, sid: `SM-${name}`, status: 'sent', phone: phoneOf(name) },
    1,
  );

const onTopic = (record: SmsLogRecord, partition: number): LogRecord => ({
  topic: 'sms.log.v1',
  partition,
  offset: '0',
  key: record.phone,
  value: Buffer.from(encodeLogRecord(record)),
  headers: {},
  timestamp: 0,
});

type Slice = readonly SmsLogRecord[];

const { signal } = new AbortController();

/** The message log as the service keeps it: takes each slice as one of a partition of its own, all at the same moment. */
const keeperOver = async (connection: Connection, collection = 'messages') => {
  const store = await mongoMessageStore(connection, collection);
  const erasures = await mongoErasures(connection);
  const handle = handleLogRecords({
    erasures,
    store,
    waiting: inMemoryWaitingRecords(),
    now: () => 0,
    report: () => undefined,
  });
  const take = async (slice: Slice, partition: number): Promise<string | undefined> => {
    const records = slice.map((record) => onTopic(record, partition));
    const outcomes = await handle(records, { isCurrent: () => true, partition, signal });
    return outcomes[0]?.kind;
  };
  return { store, erasures, take, takeAll: (slices: readonly Slice[]) => Promise.all(slices.map(take)) };
};

const all = (kind: string): readonly string[] => names.map(() => kind);

describe('slices of several partitions of the message log that come at once', () => {
  let database: BreakableDatabase;
  let keeper: Awaited<ReturnType<typeof keeperOver>>;
  beforeEach(async () => {
    database = await breakableDatabase();
    keeper = await keeperOver(database.connection);
  });
  afterEach(() => database.close());

  const each = (record: (name: string) => SmsLogRecord): readonly Slice[] =>
    names.map((name) => [record(name)]);

  /** Whether there is one message for each name, whole and delivered. */
  const expectAllKept = async (store: MessageStore): Promise<void> => {
    const { items } = await store.messages({}, { limit: 99 });
    expect(items.map(({ messageId }) => messageId).sort()).toEqual(names.map((name) => `m-${name}`));
    for (const message of items)
      expect(message).toMatchObject({ content: { body: 'Hello' }, report: { status: 'delivered' } });
    expect(items.map(({ sids }) => sids).sort()).toEqual(names.map((name) => [`SM-${name}`]));
  };

  it('ask the database as often as one of them', async () => {
    const askedFor = async (slices: readonly Slice[]): Promise<readonly string[]> => {
      database.asked.length = 0;
      expect(await keeper.takeAll(slices)).toEqual(slices.map(() => 'done'));
      return [...database.asked];
    };
    const [first, ...others] = [each(sent), each(reported), each(delivered)];
    expect(await askedFor(first ?? [])).toEqual([
      'find messages',
      'find messages',
      'find messages',
      'insert messages',
      'find erasures',
    ]);
    expect(await askedFor(others[0] ?? [])).toEqual(['find messages', 'update messages']);
    expect(await askedFor(others[1] ?? [])).toEqual([
      'find messages',
      'find messages',
      'find messages',
      'update messages',
    ]);
    await expectAllKept(keeper.store);
    expect(await askedFor(each(sent))).toEqual(['find messages', 'find erasures']);
  });

  it('join parts that came first with their messages, for the commands of one', async () => {
    await keeper.takeAll(each(delivered));
    database.asked.length = 0;
    expect(await keeper.takeAll(each(sent))).toEqual(all('done'));
    expect(database.asked).toEqual([
      ...['find messages', 'find messages', 'find messages', 'insert messages'],
      ...['delete messages', 'find messages', 'update messages', 'find erasures'],
    ]);
    await expectAllKept(keeper.store);
  });

  it('write one message in turn where they tell of the same, and the others once', async () => {
    const slices = [...each(sent), [delivered('a')], [reported('a')]];
    expect(await keeper.takeAll(slices)).toEqual(slices.map(() => 'done'));
    await keeper.takeAll(each(delivered));
    await expectAllKept(keeper.store);
  });

  it.each([
    ['insert messages', each(delivered), each(sent)],
    ['delete messages', each(delivered), each(sent)],
    ['update messages', each(delivered), each(sent)],
    ['update messages', each(sent), each(delivered)],
  ])(
    'come again where the database went away at “%s”, and nothing is lost',
    async (command, before, slices) => {
      await keeper.takeAll(before);
      database.cutAt(command);
      expect(await keeper.takeAll(slices)).toEqual(all('retry'));
      expect(await keeper.takeAll(slices)).toEqual(all('done'));
      await expectAllKept(keeper.store);
    },
  );

  it('have no words of who was erased, and those of the others', async () => {
    const phone = phoneSchema.parse(phoneOf('c'));
    await keeper.erasures.keep([{ phone, sequence: 3, at: new Date('2027-01-01') }]);
    await keeper.takeAll(each(sent));
    const { items } = await keeper.store.messages({}, { limit: 99 });
    const bodies = items.map(({ messageId, content }) => [messageId, content.body]).sort();
    expect(bodies).toEqual(names.map((name) => [`m-${name}`, name === 'c' ? '' : 'Hello']));
  });

  it('make of records in any order, dealt to any partitions, what they are in one slice', async () => {
    let collections = 0;
    const opened = () => keeperOver(database.connection, `messages_${(collections += 1)}`);
    await fc.assert(
      fc.asyncProperty(shuffledLogs, async ({ log, shuffled, sliceSize }) => {
        const [straight, dealt] = [await opened(), await opened()];
        await tell(straight.store, log);
        const partitions = Array.from({ length: sliceSize }, (_, partition) =>
          shuffled.filter((_record, index) => index % sliceSize === partition),
        );
        await Promise.all(
          partitions.map(async (records, partition) => {
            for (const record of records)
              while ((await dealt.take([record], partition)) === 'retry') continue;
          }),
        );
        const page = await dealt.store.messages({}, { limit: 100 });
        expect(page).toEqual(await straight.store.messages({}, { limit: 100 }));
      }),
      { numRuns: 5 },
    );
  });
});
