import {
  encodeCommand,
  decodeBatch,
  runIdSchema,
  timestampSchema,
  topics,
  type Phone,
} from '@stopcovid/contracts';
import {
  builtInRegistration,
  fixedCatalogue,
  handleCommands,
  inMemoryRegistrationCodes,
  inMemoryRevisionStore,
  mongoDialogStore,
  mongoHeldCommands,
} from '@stopcovid/dialog-engine';
import { InMemoryLog, inMemoryPublisher, partitionOf } from '@stopcovid/kafka';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import type { EventSource } from '@stopcovid/progress-tracker';
import { loadCatalogue } from './load-catalogue';
import { repair } from './repair';
import { mongoRepairStore } from './repair-store';
import { renaming, someonesPhone } from './repair.testkit';
import { sampleDrills } from './terminal.testkit';

type Stored = { readonly _id: string; readonly [field: string]: unknown };
type Mongo = Awaited<ReturnType<typeof connectMongo>>;

const group = 'dialog-engine';

const eventsIn = (log: InMemoryLog): EventSource => ({
  partitionOf: (phone) => partitionOf(phone, log.partitions),
  handled: () => Promise.resolve(undefined),
  ends: () =>
    Promise.resolve(
      new Map(
        Array.from({ length: log.partitions }, (_, partition) => [
          partition,
          log.end(topics.dialogEvents, partition),
        ]),
      ),
    ),
  read: async ({ until }, visit) => {
    for (const partition of until.keys())
      await visit(log.read({ topic: topics.dialogEvents, partition, offset: '0' }, 1_000));
  },
});

/** The engine's own handler over the database; it takes the commands of one phone that it has not taken yet. */
const engineOver = async (log: InMemoryLog, mongo: Mongo) => {
  const handle = handleCommands({
    store: mongoDialogStore(mongo),
    held: mongoHeldCommands(mongo),
    publisher: inMemoryPublisher(log),
    catalogue: fixedCatalogue(await loadCatalogue(sampleDrills)),
    revisions: inMemoryRevisionStore(),
    registration: builtInRegistration(
      inMemoryRegistrationCodes([
        { code: 'HYGIENE', demo: false, account: { employerName: 'Acme' }, createdAt: new Date(0) },
      ]),
    ),
    clock: () => timestampSchema.parse('2026-03-01T10:00:00.000Z'),
    newRunId: () => runIdSchema.parse('run'),
    report: () => undefined,
  });
  return async (phone: Phone): Promise<void> => {
    const partition = partitionOf(phone, log.partitions);
    const topic = topics.dialogCommands;
    const committed = log.committed(group, topic, partition);
    const records = log.read({ topic, partition, offset: committed ?? '0' }, 1_000);
    const last = records.at(-1);
    if (last === undefined) throw new Error('there is nothing to take');
    const context = { topic, partition, committedOffset: () => committed, isCurrent: () => true };
    const outcomes = await handle(records, context);
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['done']));
    log.commit(group, last);
  };
};

describe('an engine and a repair', () => {
  let mongo: Mongo;
  beforeAll(async () => {
    mongo = await connectMongo(testDatabase());
  });
  afterAll(async () => {
    await mongo.dropDatabase();
    await mongo.close();
  });

  const heard: string[] = [];
  const quiet = { input: process.stdin, out: (line: string) => void heard.push(line), err: () => undefined };

  const world = async () => {
    const phone = someonesPhone();
    const log = new InMemoryLog(3);
    const take = await engineOver(log, mongo);
    const publisher = inMemoryPublisher(log);
    const parts = { store: mongoRepairStore(mongo), events: eventsIn(log), publisher };
    return {
      phone,
      log,
      take: () => take(phone),
      tell: async (...said: readonly object[]) => {
        for (const [index, fields] of said.entries()) {
          const { commandId, at } = renaming(phone, index);
          const command = { schemaVersion: 1, commandId, phone, at, ...fields };
          log.append(topics.dialogCommands, { key: phone, value: JSON.stringify(command) });
        }
        await take(phone);
      },
      rename: async (...counts: readonly number[]) => {
        for (const count of counts)
          log.append(topics.dialogCommands, { key: phone, value: encodeCommand(renaming(phone, count)) });
        await take(phone);
      },
      spoil: (update: object) => mongo.collection<Stored>('dialogs').updateOne({ _id: phone }, update),
      mend: () => repair(parts, { phone, yes: true, dryRun: false }, quiet),
      said: () =>
        log.records(topics.dialogEvents).map(({ value }) => {
          const batch = decodeBatch(value ?? '');
          return batch.ok ? [batch.value.version, batch.value.trainee.profile.name] : [];
        }),
    };
  };

  it('let no command be lost or overtaken while a document cannot be read', async () => {
    const { rename, spoil, mend, take, said } = await world();
    await rename(1, 2, 3);
    await spoil({ $set: { state: 'torn' } });
    await rename(4);
    await rename(5, 6);
    expect(said()).toHaveLength(3);
    expect(await mend()).toBe(0);
    await take();
    expect(said()).toEqual([1, 2, 3, 4, 5, 6].map((count) => [count, `Maria ${count}`]));
    expect(await mend()).toBe(0);
    expect(said()).toHaveLength(6);
  });

  it('say what was decided, but was not published before the document was torn', async () => {
    const { log, phone, rename, spoil, mend, said } = await world();
    await rename(1, 2, 3);
    const lost = new InMemoryLog(3);
    const [first, second] = log.records(topics.dialogEvents);
    for (const record of [first, second])
      lost.append(topics.dialogEvents, { key: phone, value: record?.value ?? '' });
    await spoil({ $set: { recentCommandIds: 'torn' } });
    const parts = {
      store: mongoRepairStore(mongo),
      events: eventsIn(lost),
      publisher: inMemoryPublisher(lost),
    };
    expect(await repair(parts, { phone, yes: true, dryRun: false }, quiet)).toBe(0);
    const values = lost.records(topics.dialogEvents).map(({ value }) => value?.toString());
    expect(values).toEqual(log.records(topics.dialogEvents).map(({ value }) => value?.toString()));
    await rename(4);
    expect(said().at(-1)).toEqual([4, 'Maria 4']);
    expect(await mend()).toBe(0);
  });

  it('leave a document alone that somebody else has written meanwhile', async () => {
    const { phone, log, rename, spoil } = await world();
    await rename(1, 2);
    await spoil({ $set: { state: 'torn' } });
    const store = mongoRepairStore(mongo);
    const overtaken = {
      ...store,
      find: async (whose: Phone) => {
        const found = await store.find(whose);
        await spoil({ $set: { writeId: 'another' } });
        return found;
      },
    };
    const parts = { store: overtaken, events: eventsIn(log), publisher: inMemoryPublisher(log) };
    expect(await repair(parts, { phone, yes: true, dryRun: false }, quiet)).toBe(1);
    await expect(store.find(phone)).resolves.toMatchObject({ dialog: { kind: 'unreadable' } });
  });

  it('agree about a dialog that went its way: its document is what its batches lead to', async () => {
    const { log, tell, mend, said } = await world();
    const texts = ['HYGIENE', 'MORE', 'a', 'Maria', 'b', 'nonsense', 'HELP', 'a', 'c', 'STOP', 'START', 'b'];
    const start = { type: 'StartDrill', drill: '01-clean-hands', reason: 'operator' };
    const [first, ...rest] = texts.map((text) => ({ type: 'ReceiveSms', text }));
    await tell(first ?? {}, start, ...rest, start, { type: 'ReceiveSms', text: 'b' });
    expect(said()).toHaveLength(15);
    const events = log.records(topics.dialogEvents).map(({ value }) => value?.toString());
    for (const type of ['TraineeRegistered', 'PromptCompleted', 'PromptFailed', 'TraineeOptedIn'])
      expect(events.join('\n')).toContain(`"type":"${type}"`);
    heard.length = 0;
    expect(await mend()).toBe(0);
    expect(heard).toEqual([expect.stringContaining('nothing is wrong')]);
  });
});
