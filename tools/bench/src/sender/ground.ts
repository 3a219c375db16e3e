import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@stopcovid/runtime';
import type { RunningService } from '@stopcovid/stack';
import { heapLimit, type Stage } from '../kit';
import type { Accepted } from './check';

/** How the sender runs: messages per second, and the pause between the texts of one phone in milliseconds. */
export type Pace = { readonly perSecond: number; readonly pauseMs: number };

/** What the emulator forgets would count as lost. */
const everything = '2000000';
const phonesAtOnce = '200';

/** The carrier, which stays, and the sender as it is deployed, which is started anew for each part. */
export class Field {
  /** The last text that was told of. */
  #told = 0;

  private constructor(
    private readonly stage: Stage,
    private readonly ports: { readonly emulator: number; readonly sender: number },
    private readonly emulator: RunningService,
  ) {}

  static async open(stage: Stage): Promise<Field> {
    const ports = { emulator: await freePort(), sender: await freePort() };
    const emulator = await stage.start('carrier-emulator', {
      ports,
      env: { LOG_LEVEL: 'warn', KEEP_PHONES: everything, KEEP_TOTAL: everything },
    });
    /* Nobody listens to status callbacks here. */
    await fetch(`${emulator.url}/emulator/api/settings`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ missingCallbacks: 1 }),
    });
    return new Field(stage, ports, emulator);
  }

  startSender({ perSecond, pauseMs }: Pace): Promise<RunningService> {
    return this.stage.start('sms-sender', {
      ports: this.ports,
      env: {
        LOG_LEVEL: 'warn',
        SMS_PER_SECOND: String(perSecond),
        SMS_PAUSE_MS: String(pauseMs),
        SMS_IN_FLIGHT: phonesAtOnce,
        NODE_OPTIONS: heapLimit,
      },
    });
  }

  /** What is accepted from here on, until it is so many texts and nothing came for a second after. */
  async accepted(count: number, limitMs: number): Promise<readonly Accepted[]> {
    const texts: Accepted[] = [];
    let quiet = 0;
    const until = Date.now() + limitMs;
    while ((texts.length < count || quiet < 2) && Date.now() < until) {
      await pause(500);
      const rows = await this.#acceptedAfter(this.#told);
      quiet = rows.length === 0 ? quiet + 1 : 0;
      for (const { sequence, to, body, at } of rows) {
        this.#told = Math.max(this.#told, sequence);
        texts.push({ to, body, at: Date.parse(at) });
      }
    }
    return texts;
  }

  async forget(): Promise<void> {
    await fetch(`${this.emulator.url}/emulator/api/messages`, { method: 'DELETE' });
  }

  async #acceptedAfter(after: number): Promise<readonly Row[]> {
    const response = await fetch(`${this.emulator.url}/emulator/api/accepted?after=${after}`);
    return (await response.json()) as readonly Row[];
  }
}

type Row = { readonly sequence: number; readonly to: string; readonly body: string; readonly at: string };
