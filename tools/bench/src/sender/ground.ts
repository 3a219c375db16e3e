import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Parts } from '@stopcovid/real-parts';
import { freePort } from '@stopcovid/runtime';
import { stackProcesses, startService, untilReady, type RunningService } from '@stopcovid/stack';
import type { Accepted } from './check';

export type Ground = { readonly parts: Parts; readonly root: string; readonly logDirectory: string };

/** How the sender runs: messages per second, and the pause between the texts of one phone in milliseconds. */
export type Pace = { readonly perSecond: number; readonly pauseMs: number };

const readyMs = 60_000;
/** What the emulator forgets would count as lost. */
const everything = '2000000';
const phonesAtOnce = '200';
/** What a container of 300 MB leaves to the heap; without a limit Node collects garbage late on a large machine. */
const heapLimit = '--max-old-space-size=192';
const database = `bench_sender_${process.pid}`;

/** The carrier, which stays, and the sender as it is deployed, which is started anew for each part. */
export class Field {
  /** The last text that was told of. */
  private told = 0;

  private constructor(
    private readonly ground: Ground,
    private readonly ports: { readonly emulator: number; readonly sender: number },
    private readonly emulator: RunningService,
  ) {}

  static async open(ground: Ground): Promise<Field> {
    const ports = { emulator: await freePort(), sender: await freePort() };
    const emulator = await start(ground, ports, 'carrier-emulator', {
      LOG_LEVEL: 'warn',
      KEEP_PHONES: everything,
      KEEP_TOTAL: everything,
    });
    const field = new Field(ground, ports, emulator);
    /* Nobody listens to status callbacks here. */
    await fetch(`${emulator.url}/emulator/api/settings`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ missingCallbacks: 1 }),
    });
    return field;
  }

  startSender({ perSecond, pauseMs }: Pace): Promise<RunningService> {
    return start(this.ground, this.ports, 'sms-sender', {
      LOG_LEVEL: 'warn',
      SMS_PER_SECOND: String(perSecond),
      SMS_PAUSE_MS: String(pauseMs),
      SMS_IN_FLIGHT: phonesAtOnce,
      NODE_OPTIONS: heapLimit,
    });
  }

  /** What is accepted from here on, until it is so many texts and nothing came for a second after. */
  async accepted(count: number, limitMs: number): Promise<readonly Accepted[]> {
    const texts: Accepted[] = [];
    let quiet = 0;
    const until = Date.now() + limitMs;
    while ((texts.length < count || quiet < 2) && Date.now() < until) {
      await pause(500);
      const rows = await this.acceptedAfter(this.told);
      quiet = rows.length === 0 ? quiet + 1 : 0;
      for (const { sequence, to, body, at } of rows) {
        this.told = Math.max(this.told, sequence);
        texts.push({ to, body, at: Date.parse(at) });
      }
    }
    return texts;
  }

  async forget(): Promise<void> {
    await fetch(`${this.emulator.url}/emulator/api/messages`, { method: 'DELETE' });
  }

  close(): Promise<void> {
    return this.emulator.stop();
  }

  private async acceptedAfter(after: number): Promise<readonly Row[]> {
    const response = await fetch(`${this.emulator.url}/emulator/api/accepted?after=${after}`);
    return (await response.json()) as readonly Row[];
  }
}

type Row = { readonly sequence: number; readonly to: string; readonly body: string; readonly at: string };

const start = async (
  { parts, root, logDirectory }: Ground,
  ports: { readonly emulator: number; readonly sender: number },
  ...[app, env]: readonly [string, Readonly<Record<string, string>>]
): Promise<RunningService> => {
  const found = stackProcesses({
    kafkaBrokers: parts.kafkaBrokers,
    mongodbUrl: `${parts.mongodbUrl.replace(/\/$/, '')}/${database}`,
    ports: { ...ports, ingress: 1, engine: 0, tracker: 0 },
    authToken: 'a-token-of-this-benchmark',
    apiKey: 'a-key-of-this-benchmark',
    root: join(root),
    pauseMs: 0,
  }).find((process) => process.app === app);
  if (found === undefined) throw new Error(`the stack has no ${app}`);
  const service = startService({ ...found, env: { ...found.env, ...env } }, { root, logDirectory });
  await untilReady(service, readyMs);
  return service;
};
