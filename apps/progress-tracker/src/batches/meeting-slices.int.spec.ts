import { phoneSchema, type DecodedBatch, type DialogEvent, type Phone } from '@stopcovid/contracts';
import { breakableDatabase, type BreakableDatabase } from '@stopcovid/mongo';
import type { ProgressStore } from '../progress/progress-store';
import { batchOf, completed, event, registered, started } from '../tracker.testkit';
import { replicaOver, type Replica } from './slices.testkit';

const phones = Array.from({ length: 6 }, (_, index) => phoneSchema.parse(`+1202555014${index}`));
const third = phones[2] as Phone;
const drillOf = (phone: Phone): string => `of-${phone.slice(1)}`;
const runOf = (phone: Phone): object => ({ runId: `run-${drillOf(phone)}`, drill: drillOf(phone) });

/* As a day has them: somebody registers and gets a drill, answers, and is done. */
const begins = (phone: Phone): DecodedBatch =>
  batchOf(1, [event('TraineeRegistered'), started(drillOf(phone))], { phone });
const ends = (phone: Phone): DecodedBatch =>
  batchOf(2, [event('PromptCompleted', runOf(phone)), completed(drillOf(phone))], { phone });

const allDone = phones.map(() => 'done');

describe('slices of several partitions that come at once', () => {
  let database: BreakableDatabase;
  const open: (() => Promise<void>)[] = [];
  const replica = async (around?: (store: ProgressStore) => ProgressStore): Promise<Replica> => {
    const opened = await replicaOver(database.connection, around);
    open.unshift(opened.close);
    return opened;
  };
  beforeEach(async () => {
    database = await breakableDatabase();
    open.push(database.close);
  });
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  /** Whether each phone has both of its batches, once: its progress, its run, its schedule and its history. */
  const expectAllKept = async ({ store, kept }: Replica): Promise<void> => {
    const schedules = await kept.phoneSchedules.load(phones);
    for (const phone of phones) {
      await expect(store.trainee(phone)).resolves.toMatchObject({ version: 2, drills: [{ completed: 1 }] });
      await expect(store.runsOf(phone, 9)).resolves.toMatchObject([{ version: 2, status: 'completed' }]);
      expect(schedules.get(phone)).toMatchObject({ value: { version: 2 } });
      const history = await kept.histories.of(phone, { after: 0, limit: 9 });
      expect(history.map(({ sequence }) => sequence)).toEqual([1, 2]);
    }
  };

  it('ask the database as often as one of them', async () => {
    const { take } = await replica();
    await take(...phones.map(begins));
    const askedFor = async (batches: readonly DecodedBatch[]): Promise<readonly string[]> => {
      database.asked.length = 0;
      expect(await take(...batches)).toEqual(batches.map(() => 'done'));
      return [...database.asked];
    };
    const ofOne = await askedFor(phones.slice(0, 1).map(ends));
    expect(ofOne).toEqual([
      'find trainees',
      'find drill_runs',
      'find schedule',
      'find erasures',
      'insert phone_events',
      'update schedule',
      'update drill_runs',
      'update trainees',
    ]);
    expect(await askedFor(phones.slice(1).map(ends))).toEqual(ofOne);
  });

  it.each(['load', 'save'] as const)(
    'are read again of one phone alone that another replica wrote meanwhile (%s)',
    async (when) => {
      const other = await replica();
      const reads: (readonly Phone[])[] = [];
      let meanwhile: (() => Promise<unknown>) | undefined;
      const interfere = async (at: typeof when): Promise<void> => {
        if (at !== when) return;
        const now = meanwhile;
        meanwhile = undefined;
        await now?.();
      };
      const ours = await replica((store) => ({
        ...store,
        load: async (...asked) => {
          reads.push(asked[0]);
          const known = await store.load(...asked);
          await interfere('load');
          return known;
        },
        save: async (...writes) => {
          await interfere('save');
          return store.save(...writes);
        },
      }));
      await ours.take(...phones.map(begins));
      meanwhile = () => other.take(ends(third));
      reads.length = 0;
      expect(await ours.take(...phones.map(ends))).toEqual(allDone);
      expect(reads).toEqual([phones, [third]]);
      await expectAllKept(ours);
    },
  );

  it.each(['insert phone_events', 'update schedule', 'update drill_runs', 'update trainees'])(
    'come again where the database went away at “%s”, and nothing is lost',
    async (command) => {
      const ours = await replica();
      await ours.take(...phones.map(begins));
      database.cutAt(command);
      expect(await ours.take(...phones.map(ends))).toEqual(phones.map(() => 'retry'));
      expect(await ours.take(...phones.map(ends))).toEqual(allDone);
      await expectAllKept(ours);
      const starts = ours.published.filter(([topic]) => topic === 'dialog.commands.v1');
      expect(new Set(starts.map(([, { key }]) => key))).toEqual(new Set(phones));
    },
  );

  const collections = [
    ...['trainees', 'drill_runs', 'schedule', 'phone_events'],
    ...['consent_changes', 'contact_requests', 'erasures'],
  ];
  const contents = async (): Promise<readonly (readonly object[])[]> =>
    Promise.all(
      collections.map((name) =>
        database.connection
          .collection(name)
          .find({}, { projection: { writeId: 0, partition: 0 } })
          .sort({ _id: 1 })
          .toArray(),
      ),
    );
  const told: readonly (readonly (readonly DialogEvent[])[])[] = [
    [
      [event('TraineeRegistered')],
      [event('TraineeOptedOut')],
      [event('TraineeErased')],
      [event('TraineeRegistered')],
    ],
    [
      [event('SupportRequested')],
      [event('TraineeErased')],
      [event('SupportRequested')],
      [event('DemoRequested')],
    ],
    [
      [event('TraineeRegistered')],
      [event('TraineeUpdated')],
      [event('TraineeOptedOut')],
      [event('TraineeOptedIn')],
    ],
    [[started('one')], [completed('one'), started('two')], [event('TraineeErased')], [started('three')]],
  ];
  const rounds = [0, 1, 2, 3].map((round) =>
    told.map((story, index) =>
      batchOf(round + 1, story[round] ?? [], { phone: phones[index] as Phone, trainee: registered }),
    ),
  );

  it('leave what they leave one by one, whoever registers, opts out or is erased among them', async () => {
    const together = await replica();
    for (const batches of rounds) await together.take(...batches);
    const left = await contents();
    for (const name of collections) await database.connection.collection(name).deleteMany({});
    const oneByOne = await replica();
    for (const batches of rounds) for (const batch of batches) await oneByOne.take(batch);
    expect(left).toEqual(await contents());
    expect(left.every(({ length }) => length > 0)).toBe(true);
    expect(together.published).toHaveLength(oneByOne.published.length);
  });
});
