import { join } from 'node:path';
import { encodeLogRecord, timestampSchema, topics } from '@stopcovid/contracts';
import { InMemoryLog } from '@stopcovid/kafka';
import { createRuntime, loadConfig, type RunningApp } from '@stopcovid/runtime';
import { ProgressTrackerConfig } from '../config';
import { logRecord } from '../messages/messages.testkit';
import { startInMemoryProgressTracker } from '../start';

const key = 'a-key-of-the-spec-itself';
const config = loadConfig(ProgressTrackerConfig, {
  KAFKA_BROKERS: 'in-memory:0',
  MONGODB_URL: 'mongodb://in-memory/none',
  API_KEYS: `spec=${key}`,
  DRILLS_DIR: join(__dirname, '..', '..', '..', '..', 'drills'),
  HOST: '127.0.0.1',
  PORT: '0',
});

describe('budgets on the API', () => {
  const log = new InMemoryLog(4);
  let app: RunningApp;

  beforeAll(async () => {
    const runtime = createRuntime('progress-tracker', { LOG_LEVEL: 'fatal', LOG_FORMAT: 'json' });
    app = await startInMemoryProgressTracker({ config, runtime, log });
    const sent = { messageId: 'ours-1', sid: 'SM-1', segments: 3, employerId: 'acme' };
    const record = {
      ...logRecord('SmsSent', sent, 1),
      at: timestampSchema.parse(new Date().toISOString()),
    };
    log.append(topics.smsLog, { key: record.phone, value: encodeLogRecord(record) });
    await log.drained();
  }, 15_000);
  afterAll(() => app.close());

  const ask = async (path: string, method = 'GET', body?: object) => {
    const response = await fetch(`${app.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };

  it('say whose is spent, from the moment when they are set until they are lifted', async () => {
    await expect(ask('/v1/budgets')).resolves.toEqual({ status: 200, body: { items: [] } });
    await expect(ask('/v1/budgets/acme', 'PUT', { segmentsPerMonth: 3 })).resolves.toEqual({ status: 204 });
    await expect(ask('/v1/budgets/spent')).resolves.toEqual({ status: 200, body: { employerIds: ['acme'] } });
    await ask('/v1/budgets/acme', 'PUT', { segmentsPerMonth: 4 });
    await expect(ask('/v1/budgets')).resolves.toMatchObject({
      body: { items: [{ employerId: 'acme', segments: 3, segmentsPerMonth: 4, spent: false }] },
    });
    await expect(ask('/v1/budgets/acme', 'DELETE')).resolves.toEqual({ status: 204 });
    await expect(ask('/v1/budgets/acme', 'DELETE')).resolves.toMatchObject({ status: 404 });
    await expect(ask('/v1/budgets/spent')).resolves.toEqual({ status: 200, body: { employerIds: [] } });
  });

  it.each([
    [{}, 'segmentsPerMonth'],
    [{ segmentsPerMonth: -1 }, 'segmentsPerMonth'],
    [{ segmentsPerMonth: '3' }, 'segmentsPerMonth'],
    [{ segmentsPerMonth: 3, currency: 'EUR' }, 'currency'],
  ])('refuse %j with the reason', async (body, field) => {
    const answer = await ask('/v1/budgets/acme', 'PUT', body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(field);
  });
});
