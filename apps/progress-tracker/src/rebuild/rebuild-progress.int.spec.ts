import type { Phone } from '@stopcovid/contracts';
import { InMemoryLog } from '@stopcovid/kafka';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoProgressStore } from '../progress/mongo-progress-store';
import { keptInMongo } from '../projections/kept-stores';
import { batchOf, completed, event, started } from '../tracker.testkit';
import { mongoDeliveries } from '../webhooks/mongo-deliveries';
import { mongoWebhooks } from '../webhooks/mongo-webhooks';
import { hookKinds } from '../webhooks/webhook';
import { webhook } from '../webhooks/webhooks.testkit';
import { mongoRebuildStore } from './mongo-rebuild-store';
import { rebuildProgress } from './rebuild-progress';
import type { RebuildParts, RebuildRequest } from './rebuild-job';
import type { PhoneReport } from './rebuild-report';
import { eventsIn, phonesFrom, publishTo, serviceOver } from './rebuild.testkit';

type Connection = Awaited<ReturnType<typeof connectMongo>>;
type Stored = { readonly _id: string; readonly [field: string]: unknown };

const everything = { late: true, unknown: true };
const cautious = { late: false, unknown: false };

/** What a trainee goes through first: a registration, a drill begun, an answer. */
const history = (phone: Phone, drill = 'one') => {
  const runId = `run-of-${phone}`;
  return [
    batchOf(1, [event('TraineeRegistered')], { phone }),
    batchOf(2, [event('DrillStarted', { runId, drill })], { phone, commandType: 'StartDrill' }),
    batchOf(3, [event('PromptFailed', { runId, drill })], { phone }),
  ];
};
const answered = (phone: Phone, version = 4) =>
  batchOf(version, [event('PromptCompleted', { runId: `run-of-${phone}`, drill: 'one' })], { phone });

describe('a rebuild of the projections', () => {
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
    const live = await mongoProgressStore(connection);
    const kept = await keptInMongo(connection);
    const service = serviceOver(log, live, { kept });
    const parts: RebuildParts = { store: mongoRebuildStore(connection), events: eventsIn(log) };
    const rebuild = async (request: Partial<RebuildRequest> = {}, using: RebuildParts = parts) => {
      const reports: PhoneReport[] = [];
      const totals = await rebuildProgress(using, { onPhone: (report) => reports.push(report), ...request });
      return { totals, reports };
    };
    const collection = (name: string) => connection.collection<Stored>(name);
    const shadows = async () =>
      (await connection.listCollections()).map(({ name }) => name).filter((name) => name.includes('shadow'));
    return { log, live, kept, service, parts, rebuild, collection, shadows, connection };
  };

  const [ann, bob, cyd] = phonesFrom(3) as [Phone, Phone, Phone];

  it('tells webhooks nothing, though the batches are of their time', async () => {
    const { log, service, rebuild, collection, connection } = await world();
    const [webhooks, deliveries] = [await mongoWebhooks(connection), await mongoDeliveries(connection)];
    await webhooks.add(webhook({ kinds: hookKinds, createdAt: new Date(Date.now() - 60_000) }));
    const at = new Date().toISOString();
    publishTo(log, batchOf(1, [event('TraineeRegistered')], { phone: ann, at }));
    await service.take();
    await collection('trainees').deleteMany({});
    const { totals } = await rebuild({ swap: everything });
    expect(totals).toMatchObject({ batches: 1, replaced: 1 });
    expect(await deliveries.list('wh_one', { limit: 9 })).toEqual([]);
  });

  it('finds nothing where nothing is wrong, and leaves nothing behind', async () => {
    const { log, service, rebuild, shadows } = await world();
    publishTo(log, ...phonesFrom(450).flatMap((phone) => history(phone)));
    await service.take();
    const { totals, reports } = await rebuild();
    expect(totals).toMatchObject({ batches: 1_350, same: 450, replaced: 0 });
    expect(reports).toEqual([]);
    expect(await shadows()).toEqual([]);
  });

  it('comes to the same where people were erased, and to nobody of before', async () => {
    const { log, service, rebuild, collection } = await world();
    const erased = batchOf(4, [event('TraineeErased')], { phone: ann });
    const since = batchOf(5, [event('TraineeRegistered')], { phone: ann });
    publishTo(log, ...history(ann), erased, since, ...history(bob));
    await service.take();
    expect((await rebuild()).totals).toMatchObject({ same: 2, replaced: 0 });
    for (const name of ['trainees', 'drill_runs', 'erasures']) await collection(name).deleteMany({});
    expect((await rebuild({ swap: everything })).totals).toMatchObject({ replaced: 2 });
    expect(await collection('erasures').find().toArray()).toMatchObject([{ _id: ann, sequence: 4 }]);
    const counted = await collection('drill_runs')
      .find({ superseded: { $ne: true } })
      .toArray();
    expect(counted.map(({ _id }) => _id)).toEqual([`run-of-${bob}`]);
  });

  it('names the phones and the fields that differ, and changes nothing unless told to', async () => {
    const { log, service, rebuild, collection } = await world();
    publishTo(log, ...history(ann), ...history(bob), ...history(cyd));
    await service.take();
    await collection('trainees').updateOne(
      { _id: ann },
      { $set: { 'trainee.profile.name': 'Anna', drills: [] } },
    );
    await collection('drill_runs').updateOne({ phone: bob }, { $set: { 'prompts.0.attempts': 7 } });
    const before = await collection('trainees').find().toArray();
    const { totals, reports } = await rebuild();
    expect(totals).toMatchObject({ same: 1, findings: { different: 2 }, replaced: 0 });
    const told = reports.map(({ phone, differences }) => [
      phone,
      differences.map(({ collection: c, fields }) => [c, fields]),
    ]);
    expect(new Map(told as [Phone, unknown][])).toEqual(
      new Map<Phone, unknown>([
        [ann, [['trainees', ['trainee.profile.name', 'drills']]]],
        [bob, [['drill_runs', ['prompts.0.attempts']]]],
      ]),
    );
    expect(await collection('trainees').find().toArray()).toEqual(before);
  });

  it('swaps what differs, is missing, is unreadable or stands beside it, for one phone under its id', async () => {
    const { log, live, service, rebuild, collection } = await world();
    publishTo(log, ...history(ann), ...history(bob), ...history(cyd));
    await service.take();
    const right = { trainee: await live.trainee(ann), runs: await live.runsOf(ann, 9) };
    await collection('trainees').updateOne(
      { _id: ann },
      { $set: { drills: 'nonsense' }, $unset: { version: '' } },
    );
    await collection('drill_runs').deleteMany({ phone: ann });
    await collection('drill_runs').insertOne({ _id: 'nobodys-run', phone: ann, version: 1 });
    await collection('trainees').deleteOne({ _id: bob });
    const { totals } = await rebuild({ phones: [ann], swap: cautious });
    expect(totals).toMatchObject({ findings: { missing: 1 }, replaced: 1 });
    expect({ trainee: await live.trainee(ann), runs: await live.runsOf(ann, 9) }).toEqual(right);
    expect(await live.trainee(bob)).toBeUndefined();
    await expect(rebuild({ phones: [ann] })).resolves.toMatchObject({ totals: { same: 1 }, reports: [] });
  });

  it('swaps all, and produces no command', async () => {
    const { log, live, service, rebuild, collection } = await world();
    const phones = phonesFrom(300);
    publishTo(log, ...phones.flatMap((phone) => history(phone)));
    await service.take();
    const given = service.commands.length;
    await collection('trainees').updateMany({}, { $set: { drills: [] } });
    await collection('trainees').deleteMany({ _id: { $in: phones.slice(0, 100) } });
    const { totals } = await rebuild({ swap: cautious });
    expect(totals).toMatchObject({ findings: { different: 200, missing: 100 }, replaced: 300 });
    await expect(live.trainee(ann)).resolves.toMatchObject({
      version: 3,
      drills: [{ drill: 'one', started: 1 }],
    });
    await expect(rebuild()).resolves.toMatchObject({ totals: { same: 300 } });
    await service.take();
    expect(service.commands).toHaveLength(given);
  });

  it('holds so many phones in memory at once, however many there are', async () => {
    const { log, service, parts, rebuild, collection } = await world();
    const phones = phonesFrom(1_500);
    publishTo(log, ...phones.map((phone) => batchOf(1, [event('MenuRequested')], { phone })));
    await service.take();
    await collection('trainees').updateMany({}, { $set: { drills: 'nonsense' } });
    let most = 0;
    const { live } = parts.store;
    const documents = (asked: readonly Phone[]) => {
      most = Math.max(most, asked.length);
      return live.documents(asked);
    };
    const { totals } = await rebuild(
      {},
      { ...parts, store: { ...parts.store, live: { ...live, documents } } },
    );
    expect(totals.findings.different).toBe(1_500);
    expect(most).toBeLessThan(700);
  });

  it('removes phones that the topic does not know only when told to, stray runs with them', async () => {
    const { log, service, rebuild, collection } = await world();
    publishTo(log, ...history(ann), ...history(bob));
    await service.take();
    const trainee = await collection('trainees').findOne({ _id: ann });
    const run = await collection('drill_runs').findOne({ phone: ann });
    if (!trainee || !run) throw new Error('the service wrote nothing');
    await collection('trainees').insertOne({ ...trainee, _id: '+12025559999' });
    await collection('drill_runs').insertOne({ ...run, _id: 'stray', phone: '+12025558888' });
    const spared = await rebuild({ swap: cautious });
    expect(spared.totals).toMatchObject({ findings: { unknown: 2 }, replaced: 0 });
    const { totals } = await rebuild({ swap: everything });
    expect(totals).toMatchObject({ same: 2, findings: { unknown: 2 }, replaced: 2 });
    await expect(rebuild()).resolves.toMatchObject({ totals: { same: 2 }, reports: [] });
  });

  it('folds no further than the service has come: what it has not read yet still leads to commands', async () => {
    const { log, live, service, rebuild, collection } = await world();
    publishTo(log, ...history(ann));
    await service.take();
    await collection('trainees').updateOne({ _id: ann }, { $set: { drills: [] } });
    publishTo(log, batchOf(4, [event('NextDrillRequested')], { phone: ann }), ...history(bob));
    const given = service.commands.length;
    const { totals } = await rebuild({ swap: everything });
    expect(totals).toMatchObject({ findings: { different: 1 }, replaced: 1 });
    await expect(live.trainee(ann)).resolves.toMatchObject({ version: 3, drills: [{ drill: 'one' }] });
    expect(await live.trainee(bob)).toBeUndefined();
    await service.take();
    expect(service.commands.slice(given).sort()).toEqual([ann, bob]);
    await expect(live.trainee(ann)).resolves.toMatchObject({ version: 4 });
  });

  it('compares at the same version while the service goes on, and its next write is not lost', async () => {
    const { log, live, service, parts, rebuild, collection } = await world();
    publishTo(log, ...history(ann), ...history(bob));
    await service.take();
    await collection('trainees').updateOne({ _id: bob }, { $set: { drills: [] } });
    let looks = 0;
    const racing: RebuildParts = {
      ...parts,
      store: {
        ...parts.store,
        live: {
          ...parts.store.live,
          documents: async (phones) => {
            looks += 1;
            if (looks === 1) {
              publishTo(log, answered(ann));
              await service.take();
            }
            return parts.store.live.documents(phones);
          },
          replace: async (replacements) => {
            if (looks === 2) {
              publishTo(log, answered(bob));
              await service.take();
            }
            return parts.store.live.replace(replacements);
          },
        },
      },
    };
    const { totals, reports } = await rebuild({ swap: cautious }, racing);
    expect(reports).toMatchObject([{ phone: bob, finding: 'different', liveVersion: 4, foldedVersion: 4 }]);
    expect(totals).toMatchObject({ same: 1, replaced: 1 });
    await expect(live.trainee(ann)).resolves.toMatchObject({ version: 4 });
    await expect(live.trainee(bob)).resolves.toMatchObject({ version: 4, drills: [{ drill: 'one' }] });
    await expect(live.runsOf(bob, 1)).resolves.toMatchObject([{ version: 4, prompts: [{ attempts: 1 }] }]);
    await expect(rebuild()).resolves.toMatchObject({ totals: { same: 2 } });
  });

  it('is noticed by a service that had read the phone before the swap', async () => {
    const { log, live, kept, service, rebuild, collection } = await world();
    publishTo(log, ...history(ann));
    await service.take();
    await collection('drill_runs').deleteMany({ phone: ann });
    const rebuilding: typeof live = {
      ...live,
      load: async (phones, runs) => {
        const known = await live.load(phones, runs);
        if (known.runs.size === 0) await rebuild({ phones: [ann], swap: cautious });
        return known;
      },
    };
    const late = serviceOver(log, rebuilding, { kept });
    publishTo(log, answered(ann));
    await late.take();
    await expect(live.runsOf(ann, 1)).resolves.toMatchObject([{ version: 4, prompts: [{ correct: true }] }]);
    await expect(rebuild()).resolves.toMatchObject({ totals: { same: 1 } });
  });

  it('reports a hole by phone, and lets the others be', async () => {
    const { log, service, rebuild } = await world();
    publishTo(log, ...history(ann), answered(ann, 5), ...history(bob));
    await service.take();
    const { totals, reports } = await rebuild({ swap: everything });
    expect(reports).toMatchObject([
      { phone: ann, finding: 'hole', foldedVersion: 3, liveVersion: 3, found: 5 },
    ]);
    expect(totals).toMatchObject({ same: 1, replaced: 0 });
  });

  it('finds a batch that stands before the one that it follows', async () => {
    const { log, service, rebuild } = await world();
    const [one, two, three] = history(ann);
    if (!one || !two || !three) throw new Error('no history');
    publishTo(log, three, one, two);
    await service.take();
    const { reports } = await rebuild({ phones: [ann] });
    expect(reports).toMatchObject([{ finding: 'late', liveVersion: 2, foldedVersion: 3 }]);
  });

  it('proves the ledger of consent too, and puts back what is not in it', async () => {
    const { log, service, rebuild, collection } = await world();
    const optedOut = batchOf(4, [event('TraineeOptedOut')], { phone: ann });
    publishTo(log, ...history(ann), optedOut, ...history(bob));
    await service.take();
    await expect(rebuild()).resolves.toMatchObject({ totals: { same: 2 }, reports: [] });
    const right = await collection('consent_changes').find().toArray();
    expect(right).toHaveLength(1);
    await collection('consent_changes').updateOne({ phone: ann }, { $set: { consent: 'in' } });
    await collection('consent_changes').insertOne({ _id: `${bob}:2:0`, phone: bob, sequence: 2 });
    const { reports } = await rebuild({ swap: cautious });
    const told = reports.map(({ phone, differences }) => [phone, differences[0]?.fields]);
    expect(new Map(told as [Phone, unknown][])).toEqual(
      new Map<Phone, unknown>([
        [ann, ['consent']],
        [bob, []],
      ]),
    );
    expect(
      await collection('consent_changes')
        .find({}, { projection: { writeId: 0 } })
        .toArray(),
    ).toEqual(right);
  });

  it('does not judge a change of consent whose turn has not come', async () => {
    const { log, service, rebuild } = await world();
    publishTo(log, ...history(ann), batchOf(6, [event('TraineeOptedOut')], { phone: ann }));
    await service.take();
    const { reports } = await rebuild({ phones: [ann] });
    expect(reports).toMatchObject([{ finding: 'hole', differences: [], found: 6 }]);
  });

  it('puts a phone that is behind forward only when told to', async () => {
    const { log, live, service, rebuild, collection } = await world();
    publishTo(log, ...history(ann));
    await service.take();
    const old = await collection('trainees').findOne({ _id: ann });
    publishTo(log, answered(ann));
    await service.take();
    await collection('drill_runs').updateMany({}, { $set: { version: 3 } });
    await collection('trainees').replaceOne({ _id: ann }, { ...old, _id: ann });
    await expect(rebuild({ swap: cautious })).resolves.toMatchObject({
      reports: [{ finding: 'late', liveVersion: 3, foldedVersion: 4, replaced: false }],
    });
    await expect(rebuild({ swap: everything })).resolves.toMatchObject({ totals: { replaced: 1 } });
    await expect(live.trainee(ann)).resolves.toMatchObject({ version: 4 });
  });

  it('that ended early is cleared away by the next one, and one that runs is left alone', async () => {
    const { log, service, parts, rebuild, shadows, collection } = await world();
    publishTo(log, ...history(ann));
    await service.take();
    const dead = await parts.store.openShadow();
    const running = await parts.store.openShadow();
    await collection('rebuilds').updateOne({ _id: dead.shadow.id }, { $set: { beatAt: new Date(0) } });
    await expect(rebuild()).resolves.toMatchObject({ totals: { leftOvers: 1, same: 1 } });
    const left = await shadows();
    expect(left.length).toBeGreaterThan(0);
    expect(left.every((name) => name.endsWith(running.shadow.id))).toBe(true);
  });

  it('stops when told to, and takes its shadow along', async () => {
    const { log, service, rebuild, shadows } = await world();
    publishTo(log, ...history(ann));
    await service.take();
    await expect(rebuild({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    expect(await shadows()).toEqual([]);
  });

  it('of a topic of which the service has committed nothing puts no missing phone forward', async () => {
    const { log, live, rebuild } = await world();
    publishTo(
      log,
      ...history(ann),
      batchOf(4, [completed('one')], { phone: ann }),
      batchOf(5, [started('two')], { phone: ann }),
    );
    await expect(rebuild({ swap: cautious })).resolves.toMatchObject({
      reports: [{ finding: 'missing', replaced: false }],
    });
    expect(await live.trainee(ann)).toBeUndefined();
  });
});
