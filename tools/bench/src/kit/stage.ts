import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicSettings } from '@stopcovid/contracts';
import { createTopics, type KafkaConnection } from '@stopcovid/kafka';
import { startParts, type Parts } from '@stopcovid/real-parts';
import {
  stackProcesses,
  startService,
  untilReady,
  type Ports,
  type RunningService,
  type ServiceProcess,
} from '@stopcovid/stack';
import { root, say, sayMachine } from './progress';
import { figuresTable } from './table';
import type { Figure } from './verdict';

export const apiKey = 'a-key-of-this-benchmark';
export const authToken = 'a-token-of-this-benchmark';
/** What a container of 300 MB leaves to the heap; without a limit Node collects garbage late on a large machine. */
export const heapLimit = '--max-old-space-size=192';
const readyMs = 180_000;

type App = 'carrier-emulator' | 'progress-tracker' | 'sms-ingress' | 'sms-sender';
type Starting = { readonly ports: Partial<Ports>; readonly env: Readonly<Record<string, string>> };

/** Servers that a benchmark runs on, and all that it starts beside them: everything ends together. */
export class Stage {
  readonly kafka: KafkaConnection;
  readonly logDirectory = mkdtempSync(join(tmpdir(), 'stopcovid-bench-'));
  readonly #ends: (() => Promise<void>)[] = [];

  constructor(
    readonly parts: Parts,
    private readonly name: string,
  ) {
    this.kafka = { brokers: parts.kafkaBrokers.split(','), clientId: `bench-${name}` };
    this.endWith(() => parts.stop());
  }

  /** What was begun last ends first. */
  endWith(end: () => Promise<void>): void {
    this.#ends.push(end);
  }

  async makeTopics(partitions = 12): Promise<void> {
    await createTopics(this.kafka, topicSettings(partitions));
  }

  databaseUrl(database: string): string {
    return `${this.parts.mongodbUrl.replace(/\/$/, '')}/${database}`;
  }

  /** Starts a service as the stack does, but for what `env` says; ready when this resolves. */
  start(app: App, { ports, env }: Starting): Promise<RunningService> {
    const found = stackProcesses({
      kafkaBrokers: this.parts.kafkaBrokers,
      mongodbUrl: this.databaseUrl(`bench_${this.name}_${process.pid}`),
      ports: { emulator: 1, ingress: 1, engine: 0, sender: 0, tracker: 0, ...ports },
      authToken,
      apiKey,
      root,
      pauseMs: 0,
    }).find((each) => each.app === app);
    if (found === undefined) throw new Error(`the stack has no ${app}`);
    return this.startProcess({ ...found, env: { ...found.env, ...env } });
  }

  async startProcess(process: ServiceProcess, logDirectory = this.logDirectory): Promise<RunningService> {
    const service = startService(process, { root, logDirectory });
    this.endWith(() => service.stop());
    await untilReady(service, readyMs);
    return service;
  }

  async end(): Promise<void> {
    for (let end = this.#ends.pop(); end !== undefined; end = this.#ends.pop())
      await end().catch((error: unknown) => say(`cleaning up: ${String(error)}`));
  }
}

type Needs = {
  readonly name: string;
  readonly databaseHeapMb?: number;
  /** Whether what the environment names is left alone: the topics have to be empty. */
  readonly ownServers?: boolean;
};

/** Gets the servers, measures and ends everything, on Ctrl-C too. */
export const withStage = async <T>(
  { name, ownServers = false, ...needs }: Needs,
  measure: (stage: Stage) => Promise<T>,
): Promise<T> => {
  const cacheDirectory = join(root, '.cache', 'real-parts');
  const environment = ownServers ? {} : process.env;
  const stage = new Stage(await startParts({ environment, cacheDirectory, say, ...needs }), name);
  const interrupted = (): void => {
    say('stopping');
    void stage.end().finally(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  try {
    sayMachine();
    return await measure(stage);
  } finally {
    await stage.end();
  }
};

/** The same, and shows the figures. */
export const onStage = async (
  needs: Needs,
  measure: (stage: Stage) => Promise<readonly Figure[]>,
): Promise<void> => console.log(figuresTable(await withStage(needs, measure)));
