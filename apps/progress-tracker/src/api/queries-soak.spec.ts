import { join } from 'node:path';
import { encodeBatch, topics } from '@stopcovid/contracts';
import { InMemoryLog } from '@stopcovid/kafka';
import { createRuntime, loadConfig, soak, soakWithinMs, type RunningApp } from '@stopcovid/runtime';
import { ProgressTrackerConfig } from '../config';
import { startInMemoryProgressTracker } from '../start';
import { batchOf, completed, maria, started } from '../tracker.testkit';

const key = 'a-key-of-the-spec-itself';
const config = loadConfig(ProgressTrackerConfig, {
  KAFKA_BROKERS: 'in-memory:0',
  MONGODB_URL: 'mongodb://in-memory/none',
  API_KEYS: `spec=${key}`,
  API_REQUESTS_PER_SECOND: '10000',
  DRILLS_DIR: join(__dirname, '..', '..', '..', '..', 'drills'),
  HOST: '127.0.0.1',
  PORT: '0',
});

type Question = { readonly path: string; readonly status: number };

/** In turn of each kind, and none that anybody has asked before. */
const question = (number: number): Question => {
  const phone = `+1202${2_000_000 + number}`;
  const kinds: readonly Question[] = [
    { path: `/v1/trainees?employerId=employer-${number}`, status: 200 },
    { path: `/v1/messages?phone=${encodeURIComponent(phone)}`, status: 200 },
    { path: `/v1/trainees/${maria}?`, status: 200 },
    { path: `/v1/trainees/${phone}`, status: 404 },
    { path: `/metrics?at=${number}`, status: 200 },
  ];
  const asked = kinds[number % kinds.length];
  if (asked === undefined) throw new Error('there are no questions');
  return asked;
};

describe('questions over HTTP', () => {
  let app: RunningApp;
  beforeAll(async () => {
    const log = new InMemoryLog(4);
    const runtime = createRuntime('progress-tracker', { LOG_LEVEL: 'fatal', LOG_FORMAT: 'json' });
    app = await startInMemoryProgressTracker({ config, runtime, log });
    for (const batch of [batchOf(1, [started('one')]), batchOf(2, [completed('one')])])
      log.append(topics.dialogEvents, { key: batch.phone, value: encodeBatch(batch) });
    await log.drained();
  }, soakWithinMs);
  afterAll(() => app.close());

  it(
    'about trainees, texts and metrics leave nothing in memory, however many are asked',
    async () => {
      const headers = { authorization: `Bearer ${key}` };
      const each = async (number: number): Promise<void> => {
        const { path, status } = question(number);
        const { statusCode } = await app.app.inject({ url: path, headers });
        if (statusCode !== status) throw new Error(`${path} was answered ${statusCode}`);
      };
      /* What is compiled on the way and let go of again comes to 350 kB; who keeps a request keeps some kilobytes. */
      const asked = { things: 600, settling: 600, mostBytes: 1_000, plantedBytes: 4_096 };
      await expect(soak({ ...asked, each })).resolves.toEqual([]);
    },
    soakWithinMs,
  );
});
