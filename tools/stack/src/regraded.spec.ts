import 'reflect-metadata';
import { join } from 'node:path';
import { decodeBatch, topics, type DialogEvent } from '@stopcovid/contracts';
import {
  addCode,
  DialogEngineConfig,
  inMemoryRegistrationCodes,
  startInMemoryDialogEngine,
} from '@stopcovid/dialog-engine';
import { InMemoryLog } from '@stopcovid/kafka';
import { ProgressTrackerConfig, startInMemoryProgressTracker } from '@stopcovid/progress-tracker';
import { createRuntime, loadConfig, until } from '@stopcovid/runtime';

const [ann, bob] = ['+12025550101', '+12025550102'] as const;
const apiKey = 'a-key-of-the-spec-itself';
const silent = { LOG_LEVEL: 'fatal', LOG_FORMAT: 'json' } as const;
const environment = {
  ...silent,
  KAFKA_BROKERS: 'in-memory:0',
  MONGODB_URL: 'mongodb://in-memory/none',
  DRILLS_DIR: join(__dirname, '..', '..', '..', 'drills'),
  API_KEYS: `spec=${apiKey}`,
  HOST: '127.0.0.1',
  PORT: '0',
};

const startEngine = async (log: InMemoryLog) => {
  const codes = inMemoryRegistrationCodes();
  await addCode(codes, { code: 'HYGIENE', demo: false, account: { employerId: 'acme' } }, new Date());
  const config = loadConfig(DialogEngineConfig, environment);
  return startInMemoryDialogEngine({ config, runtime: createRuntime('dialog-engine', silent), log, codes });
};

/** The tracker over a log, asked by HTTP. */
const startTracker = async (log: InMemoryLog) => {
  const config = loadConfig(ProgressTrackerConfig, environment);
  const runtime = createRuntime('progress-tracker', silent);
  const app = await startInMemoryProgressTracker({ config, runtime, log });
  const ask = async (path: string, body?: object): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    return (await (await fetch(`${app.url}${path}`, { headers, ...init })).json()) as Record<string, unknown>;
  };
  return { ask, close: () => app.close() };
};
type Tracker = Awaited<ReturnType<typeof startTracker>>;

const drill = '01-clean-hands';
const page = async ({ ask }: Tracker, path: string) =>
  (await ask(path))['items'] as readonly Record<string, unknown>[];

/** What runs, answers and figures say of the drill, but for the moments at which that was written. */
const told = async (tracker: Tracker): Promise<string> => {
  const { ask } = tracker;
  const said = [
    await page(tracker, `/v1/runs?drill=${drill}`),
    await page(tracker, `/v1/answers?drill=${drill}`),
    (await ask(`/v1/stats/items?drill=${drill}`))['revisions'],
    (await ask(`/v1/stats/completion?drill=${drill}&by=drill`))['lines'],
    await page(tracker, `/v1/regrading?drill=${drill}`),
  ];
  return JSON.stringify(said);
};

describe('an answer that a person rules right, over the engine and the tracker', () => {
  const log = new InMemoryLog(4);
  let engine: Awaited<ReturnType<typeof startEngine>>;
  let tracker: Tracker;
  let commands = 0;

  const give = (phone: string, fields: object): void => {
    const envelope = { schemaVersion: 1, commandId: `c${(commands += 1)}`, at: new Date().toISOString() };
    const value = JSON.stringify({ ...envelope, phone, ...fields });
    log.append(topics.dialogCommands, { key: phone, value });
  };
  const events = (): readonly DialogEvent[] =>
    log.records(topics.dialogEvents).flatMap(({ value }) => {
      const batch = decodeBatch(value ?? '');
      return batch.ok ? batch.value.events : [];
    });
  const howMany = (type: DialogEvent['type']): number =>
    events().filter((event) => event.type === type).length;

  beforeAll(async () => {
    engine = await startEngine(log);
    tracker = await startTracker(log);
    for (const phone of [ann, bob]) {
      give(phone, { type: 'ReceiveSms', text: 'HYGIENE' });
      give(phone, { type: 'StartDrill', drill, reason: 'operator' });
      for (const text of ['a', 'b']) give(phone, { type: 'ReceiveSms', text });
    }
    await until(() => Promise.resolve(howMany('PromptCompleted') >= 2));
    await log.drained();
  }, 30_000);
  afterAll(async () => {
    await tracker.close();
    await engine.close();
  });

  it('counts as right in runs, scores and figures, once, also when all of it comes again or is built anew', async () => {
    const scores = async () => (await page(tracker, `/v1/runs?drill=${drill}`)).map(({ score }) => score);
    expect(await scores()).toMatchObject([
      { count: 0, of: 1 },
      { count: 0, of: 1 },
    ]);
    const [group] = await page(tracker, `/v1/regrading?drill=${drill}`);
    expect(group).toMatchObject({
      prompt: 'how-long',
      text: 'a',
      trainees: 2,
      open: 2,
      judged: { wrong: 2 },
    });

    const path = `/v1/regrading/${encodeURIComponent(String(group?.['id']))}/rule`;
    expect(await tracker.ask(path, { verdict: 'right' })).toMatchObject({ regraded: 2 });
    await until(() => Promise.resolve(howMany('ReplyRegraded') === 2));
    await log.drained();
    expect(await scores()).toMatchObject([
      { count: 1, of: 1 },
      { count: 1, of: 1 },
    ]);
    expect(await page(tracker, `/v1/regrading?drill=${drill}`)).toEqual([]);
    const answers = await page(tracker, `/v1/answers?drill=${drill}`);
    expect(answers.filter(({ judged }) => judged !== undefined)).toMatchObject([
      { verdict: 'right' },
      { verdict: 'right' },
    ]);

    const before = await told(tracker);
    for (const topic of [topics.dialogCommands, topics.dialogEvents])
      for (const { key, value } of log.records(topic)) log.append(topic, { key: key ?? '', value });
    await log.drained();
    expect(await told(tracker)).toBe(before);
    const whole = [...log.records(topics.dialogEvents)];

    const anew = new InMemoryLog(4);
    for (const { key, value } of whole) anew.append(topics.dialogEvents, { key: key ?? '', value });
    const second = await startTracker(anew);
    try {
      await anew.drained();
      expect(await told(second)).toBe(before);
    } finally {
      await second.close();
    }
  });
});
