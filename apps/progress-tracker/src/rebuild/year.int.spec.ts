import type { Phone } from '@stopcovid/contracts';
import { InMemoryLog } from '@stopcovid/kafka';
import type { mongo } from 'mongoose';
import { bucketIdOf, keysOf } from '../buckets/bucket';
import { bucketed } from '../buckets/bucketed';
import { markEach } from '../buckets/marking';
import { mongoBucketProof } from '../buckets/mongo-bucket-proof';
import { proveBuckets, type Drift } from '../buckets/prove-buckets';
import { Recounter } from '../buckets/recounter';
import { newDatabases } from '../database.testkit';
import { mongoRunFigures } from '../figures/mongo-run-figures';
import { recountedFrom, toldBy } from '../figures/months.testkit';
import { textsOf, yearOfCompany } from '../figures/year.testkit';
import { mongoMessageStore } from '../messages/mongo-message-store';
import { mongoProgressStore } from '../progress/mongo-progress-store';
import { keptInMongo } from '../projections/kept-stores';
import { mongoLogStore } from './mongo-log-store';
import { mongoRebuildStore } from './mongo-rebuild-store';
import type { SwapRules } from './rebuild-job';
import { rebuildMessages } from './rebuild-messages';
import { rebuildProgress } from './rebuild-progress';
import type { PhoneReport } from './rebuild-report';
import {
  eventsIn,
  messagesIn,
  messagesOver,
  phonesFrom,
  publishTexts,
  publishTo,
  serviceOver,
} from './rebuild.testkit';

type Stored = { readonly _id: string; readonly phone?: Phone; readonly [field: string]: unknown };

const people = Number(process.env['PEOPLE'] ?? 20);
const seed = 20_260_105;
const slice = 400;
const readAgain = 20;
const cautious = { late: false, unknown: false };

type Collection = (name: string) => mongo.Collection<Stored>;

const first = async (found: mongo.FindCursor<mongo.WithId<Stored>>): Promise<Stored> => {
  const [one] = await found.limit(1).toArray();
  if (one === undefined) throw new Error('nothing is there to be damaged');
  return one;
};

/** Spoils a run, a trainee who is not the run's, a text, and a bucket and the questions of another, neither of which is the run's. */
const damage = async (collection: Collection) => {
  const [runs, trainees] = [collection('drill_runs'), collection('trainees')];
  const [buckets, tables] = [collection('buckets'), collection('bucket_questions')];
  const run = await first(runs.find({ 'counts.completed': 1 }));
  const trainee = await first(
    trainees.find({ _id: { $ne: run.phone ?? '' }, 'drills.0': { $exists: true } }),
  );
  const own = keysOf(run as object).map(bucketIdOf);
  const bucket = await first(buckets.find({ _id: { $nin: own }, 'counts.completed': { $gt: 0 } }));
  const questions = await first(
    tables.find({ _id: { $nin: [...own, bucket._id] }, 'drills.0': { $exists: true } }),
  );
  const text = await first(collection('messages').find({ body: 'Why?' }));
  await collection('messages').updateOne({ _id: text._id }, { $set: { body: 'Why not?' } });
  await runs.updateOne({ _id: run._id }, { $set: { 'counts.completed': 0 } });
  await trainees.updateOne({ _id: trainee._id }, { $set: { drills: [] } });
  await buckets.updateOne({ _id: bucket._id }, { $set: { 'cells.0.counts.completed': 99 } });
  await tables.updateOne({ _id: questions._id }, { $set: { 'drills.0.contents.0.runs': 99 } });
  return { run, trainee, text, bucket, questions };
};

describe(`the year of a company of ${people}`, () => {
  const newDatabase = newDatabases();
  const batches = yearOfCompany(phonesFrom(people), seed);
  const figures = recountedFrom(batches);

  const lived = async () => {
    const connection = await newDatabase();
    const proof = await mongoBucketProof(connection);
    const log = new InMemoryLog(3);
    const { store, figures } = bucketed({
      store: await mongoProgressStore(connection),
      figures: mongoRunFigures(connection),
      marking: markEach(proof.buckets),
      ...proof,
    });
    const kept = await keptInMongo(connection);
    const messages = await mongoMessageStore(connection);
    const service = serviceOver(log, store, { kept, messages });
    const takeTexts = messagesOver(log, messages, kept.erasures);
    const recounter = new Recounter({
      ...proof,
      isOurs: () => true,
      /* Before the nightly check: nothing but its mark leads to a bucket's recount. */
      now: () => Date.parse('2027-01-01T02:00:00Z'),
      everyMs: 1,
      pause: () => Promise.resolve(),
      onRecount: () => undefined,
      onCheck: () => undefined,
      onTrouble: () => undefined,
    });
    for (let at = 0; at < batches.length; at += slice) {
      publishTo(log, ...batches.slice(at, at + slice));
      publishTexts(log, ...textsOf(batches.slice(at, at + slice)));
      /* Now one of the two readers is ahead, now the other. */
      if (at % (2 * slice) === 0) await takeTexts();
      await service.take({ again: readAgain });
      await recounter.tick();
    }
    await takeTexts();
    const events = { store: mongoRebuildStore(connection), events: eventsIn(log) };
    const texts = { store: mongoLogStore(connection), log: messagesIn(log) };
    /** What `dialog rebuild --all` does: events, messages, and then the figures of the runs that the events have left. */
    const rebuildAll = async (swap?: SwapRules) => {
      const reports: PhoneReport[] = [];
      const drifts: Drift[] = [];
      const onPhone = (report: PhoneReport) => void reports.push(report);
      const totals = await rebuildProgress(events, { onPhone, ...(swap && { swap }) });
      const ofTexts = await rebuildMessages(texts, { onPhone, ...(swap && { swap }) });
      const proved = await proveBuckets(proof, {
        swap: swap !== undefined,
        onDrift: (drift) => drifts.push(drift),
      });
      return { totals, ofTexts, proved, reports, drifts };
    };
    return {
      figures,
      rebuildAll,
      recounter,
      collection: (name: string) => connection.collection<Stored>(name),
    };
  };
  let world: Awaited<ReturnType<typeof lived>>;
  beforeAll(async () => {
    world = await lived();
  }, 3_600_000);

  it('has everything that happens in a company', () => {
    const types = new Set(batches.flatMap(({ events }) => events.map(({ type }) => type)));
    const revisions = new Set(
      batches.flatMap(({ events }) =>
        events.flatMap((event) => (event.type === 'DrillStarted' ? [event.revision] : [])),
      ),
    );
    expect([...types].sort()).toEqual([
      'DrillAbandoned',
      'DrillCompleted',
      'DrillStarted',
      'HelpRequested',
      'PromptAdvanced',
      'PromptCompleted',
      'PromptFailed',
      'ReplyRegraded',
      'ReplyUnclear',
      'TraineeErased',
      'TraineeOptedIn',
      'TraineeOptedOut',
      'TraineeRegistered',
      'TraineeReminded',
      'TraineeUpdated',
    ]);
    expect(revisions.size).toBe(3);
  });

  it('is as its events say, and so are its figures by month', async () => {
    const { totals, ofTexts, proved, reports, drifts } = await world.rebuildAll();
    expect({ reports, drifts }).toEqual({ reports: [], drifts: [] });
    expect(totals).toMatchObject({ batches: batches.length, same: people, replaced: 0 });
    expect(ofTexts).toMatchObject({ batches: textsOf(batches).length, replaced: 0 });
    expect(proved).toMatchObject({ built: true, drifted: 0 });
    /* There are two employers, and a drill comes on 25 days. */
    expect(proved.days).toBeGreaterThan(25);
    expect(proved.compared).toBeGreaterThan(proved.days);
    expect(await toldBy(world.figures)).toEqual(figures);
  }, 3_600_000);

  it('is mended where it was damaged, and nowhere else', async () => {
    const { collection, rebuildAll } = world;
    const { run, trainee, text, bucket, questions } = await damage(collection);
    const { totals, reports, drifts } = await rebuildAll(cautious);
    const told = reports.flatMap(({ phone, finding, differences, replaced }) =>
      differences.map(({ collection: of, id, fields }) => ({ phone, finding, replaced, of, id, fields })),
    );
    const mended = { finding: 'different', replaced: true };
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining([
        { ...mended, phone: run.phone, of: 'drill_runs', id: run._id, fields: ['counts.completed'] },
        { ...mended, phone: trainee._id, of: 'trainees', id: trainee._id, fields: ['drills'] },
        { ...mended, phone: text.phone, of: 'messages', id: text._id, fields: ['body'] },
      ]),
    );
    expect(totals).toMatchObject({ same: people - 2, replaced: 2 });
    expect(drifts.map(({ key, replaced }) => [bucketIdOf(key), replaced])).toEqual(
      [bucket._id, questions._id].sort().map((id) => [id, true]),
    );
    await world.recounter.tick();
    const again = await rebuildAll();
    expect(again).toMatchObject({
      ...{ reports: [], drifts: [] },
      totals: { same: people },
      proved: { drifted: 0 },
    });
    expect(await toldBy(world.figures)).toEqual(figures);
  }, 3_600_000);
});
