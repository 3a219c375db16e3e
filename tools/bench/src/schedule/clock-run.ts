import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuSeconds, heapLimit, residentMb, say } from '../kit';
import type { ClockOrder, Looked } from './clock-process';

const lookEveryMs = 250;
const tellEveryMs = 5_000;
const limitMs = 3_600_000;

/** A clock in a process of its own, and what it did so far. */
export class ClockRun {
  phones = 0;
  lost = 0;
  looks = 0;
  mostMb = 0;
  readonly lateMs: number[] = [];
  /** When the first and the last phones were done, milliseconds of a steady pulse. */
  #firstAt = Number.NaN;
  #lastAt = Number.NaN;
  readonly #child: ChildProcess;
  readonly #timer: NodeJS.Timeout;
  #ended = false;

  constructor(order: ClockOrder) {
    this.#child = fork(join(__dirname, 'clock-process.js'), { execArgv: [heapLimit] });
    this.#child.once('exit', () => (this.#ended = true));
    this.#child.on('message', (looked: Looked) => this.#note(looked));
    this.#timer = setInterval(
      () => (this.mostMb = Math.max(this.mostMb, residentMb(this.#child.pid) || 0)),
      lookEveryMs,
    );
    this.#child.send(order);
    this.#startedAt = performance.now();
  }

  readonly #startedAt: number;

  #note({ phones, lost, lateMs }: Looked): void {
    this.looks += 1;
    if (this.looks === 1) this.#firstAt = performance.now();
    this.phones += phones;
    this.lost += lost;
    for (const late of lateMs) this.lateMs.push(late);
    if (phones > 0) this.#lastAt = performance.now();
  }

  /** CPU seconds that it has used. */
  get cpu(): number {
    return cpuSeconds(this.#child.pid);
  }

  /** Phones a second from the first look to the last one with any: neither connecting nor the first look are in it. */
  perSecond(afterFirst: number): number {
    return ((this.phones - afterFirst) * 1_000) / (this.#lastAt - this.#firstAt);
  }

  /** Rejects when the process ends. */
  async until(isSo: () => boolean): Promise<void> {
    let tellAt = performance.now() + tellEveryMs;
    while (!isSo()) {
      if (this.#ended) throw new Error('the clock ended');
      if (performance.now() - this.#startedAt > limitMs) throw new Error('the clock takes more than an hour');
      if (performance.now() > tellAt) {
        say(`${this.phones.toLocaleString('en-US')} phones, ${Math.round(this.mostMb)} MB resident`);
        tellAt = performance.now() + tellEveryMs;
      }
      await pause(20);
    }
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#ended) return;
    const over = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    await over;
  }
}
