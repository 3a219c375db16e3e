import { randomUUID } from 'node:crypto';
import { drillHashSchema } from '@stopcovid/contracts';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import type { Connection } from 'mongoose';
import { checkpointStoreContract } from './checkpoints/checkpoint-store.contract';
import { mongoCheckpointStore } from './checkpoints/mongo-checkpoint-store';
import { cachedDialogStore } from './dialogs/cached-dialog-store';
import { newDialog, type DialogStore } from './dialogs/dialog-store';
import { dialogStoreContract } from './dialogs/dialog-store.contract';
import { mongoDialogStore } from './dialogs/mongo-dialog-store';
import { ann, handsCatalogue } from './engine.testkit';
import { heldCommandsContract } from './held/held-commands.contract';
import { mongoHeldCommands } from './held/mongo-held-commands';
import { mongoRegistrationCodes } from './registration/mongo-registration-codes';
import { builtInRegistration } from './registration/registration-codes';
import { registrationCodesContract } from './registration/registration-codes.contract';
import { mongoRevisionStore } from './revisions/mongo-revision-store';
import { revisionStoreContract } from './revisions/revision-store.contract';

const handsContent = () => [...handsCatalogue().revisions.values()][0]?.content;

describe('in MongoDB', () => {
  let root: Connection;
  beforeAll(async () => {
    root = await connectMongo(testDatabase());
  });
  afterAll(async () => {
    await root.close();
  });

  const used: Connection[] = [];
  /** A database of its own for each test, over the one connection. */
  const fresh = (): Connection => {
    const connection = root.useDb(`test_${randomUUID().slice(0, 8)}`);
    used.push(connection);
    return connection;
  };
  afterEach(async () => {
    for (const connection of used.splice(0)) await connection.dropDatabase();
  });

  dialogStoreContract(() => mongoDialogStore(fresh()));
  describe('behind a cache', () =>
    dialogStoreContract(() => cachedDialogStore(mongoDialogStore(fresh()), 10)));
  revisionStoreContract(() => mongoRevisionStore(fresh()));
  registrationCodesContract(() => mongoRegistrationCodes(fresh()));
  heldCommandsContract(() => mongoHeldCommands(fresh()));
  checkpointStoreContract(() => mongoCheckpointStore(fresh()));

  it('a document that somebody else changed is unreadable, and says which field, not what it holds', async () => {
    const connection = fresh();
    const document = {
      _id: ann,
      version: 3,
      state: { stateVersion: 7, secret: 'Ann' },
      outbox: [],
      recentCommandIds: [],
    };
    await connection.collection<typeof document>('dialogs').insertOne(document);
    const stored = (await mongoDialogStore(connection).load([ann])).get(ann);
    expect(stored).toEqual({ kind: 'unreadable', reason: expect.stringContaining('state.stateVersion') });
    expect(JSON.stringify(stored)).not.toContain('Ann');
  });

  it.each([
    ['loaded', (store: DialogStore) => store],
    ['kept in memory', (store: DialogStore) => cachedDialogStore(store, 10)],
  ])(
    'a dialog that was %s and that somebody wrote since under the same version is a conflict, and stays as it is',
    async (_what, around) => {
      const connection = fresh();
      const store = around(mongoDialogStore(connection));
      const first = { ...newDialog(ann), version: 1 };
      await store.commit([{ expected: 0, dialog: first }]);
      const read = (await store.load([ann])).get(ann);
      if (read?.kind !== 'readable') throw new Error('it cannot be read');
      const repaired = { 'state.trainee.optedOut': true, writeId: 'repair' };
      await connection.collection<{ _id: string }>('dialogs').updateOne({ _id: ann }, { $set: repaired });
      const dialog = { ...read.dialog, version: 2 };
      expect(await store.commit([{ expected: 1, read: read.dialog, dialog }])).toEqual(new Set([ann]));
      expect((await mongoDialogStore(connection).load([ann])).get(ann)).toMatchObject({
        dialog: { version: 1, state: { trainee: { optedOut: true } } },
      });
    },
  );

  it('a registration code that cannot be read registers nobody and refuses nobody, and says so', async () => {
    const connection = fresh();
    await connection
      .collection<{ _id: string; demo: string }>('registration_codes')
      .insertOne({ _id: 'CLEAN1', demo: 'yes' });
    const reasons: string[] = [];
    const own = builtInRegistration(mongoRegistrationCodes(connection), (reason) => reasons.push(reason));
    expect(await own.lookup('CLEAN1')).toEqual({ status: 'Unavailable' });
    expect(reasons).toEqual([expect.stringContaining('demo')]);
    expect(await mongoRegistrationCodes(connection).list()).toEqual({
      codes: [],
      unreadable: [{ code: 'CLEAN1', reason: expect.stringContaining('demo') }],
    });
  });

  it('a drill revision and a held command that cannot be read keep no others from being found', async () => {
    const connection = fresh();
    const revisions = mongoRevisionStore(connection);
    const [good, bad] = ['1', '2'].map((digit) => drillHashSchema.parse(digit.repeat(64)));
    const documents = [
      { _id: String(good), content: JSON.stringify(handsContent()) },
      { _id: String(bad), content: '{"slug": 7}' },
    ];
    await connection.collection<(typeof documents)[number]>('drill_revisions').insertMany(documents);
    const found = await revisions.load([good, bad].filter((hash) => hash !== undefined));
    expect([...found.values()].map(({ kind }) => kind).sort()).toEqual(['readable', 'unreadable']);

    const rows = [
      {
        _id: 'mark c1',
        hold: 'mark',
        phone: String(ann),
        commandId: 'c1',
        partition: 0,
        offset: '7',
        value: '',
      },
      { _id: 'mark c2', hold: 'mark', phone: String(ann), commandId: 'c2', partition: 0, offset: '8' },
    ];
    await connection.collection<{ _id: string }>('held_commands').insertMany(rows);
    const held = mongoHeldCommands(connection);
    const under = await held.under(['mark']);
    expect(under.commands.map(({ commandId }) => commandId)).toEqual(['c1']);
    expect(under.unreadable).toEqual(new Map([['mark', 'value: invalid_type']]));
    expect(await held.queues([0])).toMatchObject([{ hold: 'mark', commands: 1 }]);
  });

  it('a checkpoint that cannot be read is an error that says so', async () => {
    const connection = fresh();
    await connection
      .collection<{ _id: string; offset: string }>('checkpoints')
      .insertOne({ _id: 'commands/0', offset: 'seven' });
    await expect(mongoCheckpointStore(connection).read('commands', 0)).rejects.toThrow('offset');
  });
});
