import { join } from 'node:path';
import {
  decodeCommand,
  encodeBatch,
  encodeLogRecord,
  topics,
  type DialogCommand,
  type EventBatch,
  type SmsLogRecord,
} from '@stopcovid/contracts';
import { InMemoryLog } from '@stopcovid/kafka';
import { createRuntime, loadConfig } from '@stopcovid/runtime';
import { ProgressTrackerConfig } from '../config';
import { startInMemoryProgressTracker, type InMemoryProgressTracker } from '../start';

const keys = { spec: 'a-key-of-the-spec-itself', other: 'another-key-of-the-spec' } as const;

const config = loadConfig(ProgressTrackerConfig, {
  KAFKA_BROKERS: 'in-memory:0',
  MONGODB_URL: 'mongodb://in-memory/none',
  API_KEYS: Object.entries(keys)
    .map((pair) => pair.join('='))
    .join(','),
  DRILLS_DIR: join(__dirname, '..', '..', '..', '..', 'drills'),
  HOST: '127.0.0.1',
  PORT: '0',
});

export type HttpAnswer = {
  readonly status: number;
  readonly location: string | null;
  readonly body: Readonly<Record<string, unknown>>;
};
export type Asks = {
  readonly method?: string;
  readonly body?: unknown;
  readonly as?: keyof typeof keys;
  readonly key?: string;
  readonly contentType?: string;
};

const headersOf = ({ as = 'spec', key, body, contentType = 'application/json' }: Asks) => ({
  authorization: `Bearer ${keys[as]}`,
  ...(body !== undefined && { 'content-type': contentType }),
  ...(key !== undefined && { 'idempotency-key': key }),
});

const isAsked = ({ commandId }: DialogCommand): boolean => /^(?:operator|import|enrol):/.test(commandId);

/** A tracker over a log in memory, asked by HTTP. */
export const runningTracker = async ({
  log = new InMemoryLog(4),
  settings = {},
  logTo,
  ...world
}: Partial<Pick<InMemoryProgressTracker, 'log' | 'store' | 'exports' | 'exportChunks' | 'keyedRequests'>> & {
  readonly settings?: Partial<ProgressTrackerConfig>;
  /** What has each line of the log; without it there is none. */
  readonly logTo?: (line: string) => void;
} = {}) => {
  const runtime = createRuntime(
    'progress-tracker',
    { LOG_LEVEL: logTo === undefined ? 'fatal' : 'info', LOG_FORMAT: 'json' },
    logTo && { write: logTo },
  );
  const app = await startInMemoryProgressTracker({
    config: { ...config, ...settings },
    runtime,
    log,
    ...world,
  });
  const ask = async (path: string, asks: Asks = {}): Promise<HttpAnswer> => {
    const { method = asks.body === undefined ? 'GET' : 'POST' } = asks;
    const response = await fetch(`${app.url}${path}`, {
      method,
      headers: headersOf(asks),
      ...(asks.body !== undefined && {
        body: typeof asks.body === 'string' ? asks.body : JSON.stringify(asks.body),
      }),
    });
    const text = await response.text();
    return {
      status: response.status,
      location: response.headers.get('location'),
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  };
  return {
    log,
    url: app.url,
    routes: app.routes,
    ask,
    /** The lines of a file. */
    lines: async (path: string): Promise<readonly string[]> => {
      const response = await fetch(`${app.url}${path}`, { headers: headersOf({}) });
      return (await response.text()).trimEnd().split(/\r?\n/);
    },
    close: () => app.close(),
    /** Whatever the hour, the trainees of this employer may be written to. One of them is known. */
    openAllDay: async (employerId: string): Promise<void> => {
      const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
      const body = { days, window: { opens: '00:00', closes: '24:00' } };
      const { status } = await ask(`/v1/schedules/employer:${employerId}`, { method: 'PUT', body });
      if (status !== 200) throw new Error(`the schedule of ${employerId} was answered with ${status}`);
    },
    tell: async (...batches: readonly EventBatch[]): Promise<void> => {
      for (const batch of batches)
        log.append(topics.dialogEvents, { key: batch.phone, value: encodeBatch(batch) });
      await log.drained();
    },
    tellOfTexts: async (...records: readonly SmsLogRecord[]): Promise<void> => {
      for (const record of records)
        log.append(topics.smsLog, { key: record.phone, value: encodeLogRecord(record) });
      await log.drained();
    },
    /** What people asked for: the clock goes on beside it. */
    commands: (): readonly DialogCommand[] =>
      log.records(topics.dialogCommands).flatMap(({ value }) => {
        const command = decodeCommand(value ?? '');
        return command.ok && isAsked(command.value) ? [command.value] : [];
      }),
  };
};
