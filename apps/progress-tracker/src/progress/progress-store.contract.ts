import { phoneSchema, runIdSchema, type Phone } from '@stopcovid/contracts';
import { batchOf, completed, event, maria, registered, started } from '../tracker.testkit';
import { evolveRun, supersede, type DrillRun } from './drill-run';
import { evolveProgress, type TraineeProgress } from './evolve-progress';
import type { ProgressStore } from './progress-store';

const sokha = phoneSchema.parse('+12025550180');
const position = { partition: 3, offset: '41' };

const trainee = (phone: Phone = maria, account: object = {}): TraineeProgress =>
  evolveProgress(
    undefined,
    batchOf(1, [started('one')], { phone, trainee: { ...registered, account } }),
    position,
  );

const run = (account: object = registered.account): DrillRun => {
  const batch = batchOf(1, [started('one')], { trainee: { ...registered, account } });
  const begun = evolveRun(undefined, { event: started('one'), batch, at: new Date(batch.at) });
  if (!begun) throw new Error('no run was begun');
  return begun;
};

const finished = (begun: DrillRun): DrillRun => {
  const batch = batchOf(2, []);
  const at = new Date(batch.at);
  const events = [event('PromptFailed', { response: null }), event('TraineeReminded'), completed('one')];
  return events.reduce<DrillRun>(
    (sofar, each) => evolveRun(sofar, { event: each, batch, at }) ?? sofar,
    begun,
  );
};

/** What every store of projections must do. */
export const progressStoreContract = (open: () => Promise<ProgressStore>): void => {
  it('gives back what was saved, and nothing for what never was', async () => {
    const store = await open();
    await expect(
      store.save([{ next: run(), readVersion: 0 }], [{ next: trainee(), readVersion: 0 }]),
    ).resolves.toEqual(new Set());
    const known = await store.load([maria, sokha], [run().runId, runIdSchema.parse('never')]);
    expect([...known.trainees.values()]).toEqual([trainee()]);
    expect([...known.runs.values()]).toEqual([run()]);
    await expect(store.trainee(sokha)).resolves.toBeUndefined();
  });

  it('replaces a run by its next content, also what is no longer there', async () => {
    const store = await open();
    await store.save([{ next: run(), readVersion: 0 }], [{ next: trainee(), readVersion: 0 }]);
    const idle = evolveProgress(trainee(), batchOf(2, [completed('one')]), position);
    await store.save([{ next: finished(run()), readVersion: 1 }], [{ next: idle, readVersion: 1 }]);
    await expect(store.runsOf(maria, 5)).resolves.toEqual([finished(run())]);
    await expect(store.trainee(maria)).resolves.toEqual(idle);
  });

  it('gives all runs of the phones that are asked for with all of them', async () => {
    const store = await open();
    const mine = run();
    const other: DrillRun = { ...run(), runId: runIdSchema.parse('other'), phone: sokha };
    await store.save(
      [mine, other].map((next) => ({ next, readVersion: 0 })),
      [],
    );
    const known = await store.load([], [], [maria]);
    expect([...known.runs.values()]).toEqual([mine]);
  });

  it('remembers of a run that it was superseded', async () => {
    const store = await open();
    const late = supersede(run(), batchOf(2, []));
    await store.save([{ next: late, readVersion: 0 }], [{ next: trainee(), readVersion: 0 }]);
    await expect(store.runsOf(maria, 5)).resolves.toEqual([late]);
  });

  it('remembers of a run that it has repeats alone', async () => {
    const store = await open();
    const alone: DrillRun = { ...run(), repeatsOnly: true };
    await store.save([{ next: alone, readVersion: 0 }], [{ next: trainee(), readVersion: 0 }]);
    await expect(store.runsOf(maria, 5)).resolves.toEqual([alone]);
  });

  it('names the phones that somebody else wrote first, and leaves them as they are', async () => {
    const store = await open();
    await store.save([], [{ next: trainee(), readVersion: 0 }]);
    const late = { ...trainee(), version: 9 };
    await expect(
      store.save(
        [],
        [
          { next: late, readVersion: 4 },
          { next: trainee(sokha), readVersion: 0 },
        ],
      ),
    ).resolves.toEqual(new Set([maria]));
    await expect(store.trainee(maria)).resolves.toMatchObject({ version: 1 });
    await expect(store.trainee(sokha)).resolves.toMatchObject({ version: 1 });
  });

  it('lists by phone, in pages, what fits the filter', async () => {
    const store = await open();
    await store.save(
      [],
      [
        { next: trainee(maria, { employerId: 'acme' }), readVersion: 0 },
        { next: trainee(sokha, { employerId: 'acme', unitId: 'north' }), readVersion: 0 },
      ],
    );
    const first = await store.trainees({ employerId: 'acme' }, { limit: 1 });
    expect(first).toMatchObject({ items: [{ phone: maria }], next: maria });
    const second = await store.trainees({ employerId: 'acme' }, { limit: 1, after: maria });
    expect(second.items.map(({ phone }) => phone)).toEqual([sokha]);
    expect(second).not.toHaveProperty('next');
    await expect(
      store.trainees({ unitId: 'north', registered: true, optedOut: false }, { limit: 9 }),
    ).resolves.toMatchObject({ items: [{ phone: sokha }] });
    await expect(store.trainees({ registered: false }, { limit: 9 })).resolves.toEqual({ items: [] });
  });

  describe('of some employers', () => {
    const ofAcme = { employers: ['acme'] };
    const opened = async (): Promise<ProgressStore> => {
      const store = await open();
      const people = [trainee(maria, { employerId: 'acme' }), trainee(sokha, {})];
      const begun = (account: object, runId: string): DrillRun => ({
        ...run(account),
        runId: runIdSchema.parse(runId),
      });
      await store.save(
        [
          begun({ employerId: 'acme' }, 'ours'),
          begun({ employerId: 'other' }, 'theirs'),
          begun({}, 'nobodys'),
        ].map((next) => ({
          ...{ next, readVersion: 0 },
        })),
        people.map((next) => ({ next, readVersion: 0 })),
      );
      return store;
    };

    it('there is nobody of another one, and nobody of none', async () => {
      const store = await opened();
      await expect(store.trainee(maria, ['other', 'acme'])).resolves.toMatchObject({ phone: maria });
      await expect(store.trainee(maria, ['other'])).resolves.toBeUndefined();
      await expect(store.trainee(sokha, ['other', 'acme'])).resolves.toBeUndefined();
    });

    it('the list has only their trainees, whatever else is asked for', async () => {
      const store = await opened();
      const phones = async (filter: object) =>
        (await store.trainees(filter, { limit: 9 })).items.map(({ phone }) => phone);
      await expect(phones(ofAcme)).resolves.toEqual([maria]);
      await expect(phones({ ...ofAcme, employerId: 'acme' })).resolves.toEqual([maria]);
      await expect(phones({ ...ofAcme, employerId: 'other' })).resolves.toEqual([]);
      await expect(phones({ employers: ['other'], employerId: 'acme' })).resolves.toEqual([]);
    });

    it('a phone has only the runs that began while it was theirs', async () => {
      const store = await opened();
      const runs = await store.runsOf(maria, 9, ofAcme.employers);
      expect(runs.map(({ runId }) => runId)).toEqual(['ours']);
    });
  });

  it('knows the phones of one person', async () => {
    const store = await open();
    await store.save(
      [],
      [
        { next: trainee(maria, { employerId: 'acme', personId: 'p1' }), readVersion: 0 },
        { next: trainee(sokha, { employerId: 'acme', personId: 'p1' }), readVersion: 0 },
      ],
    );
    const phones = await store.phonesOfPersons(['p1', 'p2']);
    expect(phones.map(({ phone }) => phone).sort()).toEqual([maria, sokha]);
  });
};
