import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startService, untilReady, type RunningService, type ServiceProcess } from '@stopcovid/stack';
import { patiently } from './patience';

export type ReplicaRequest = {
  /** Like `dialog-engine-1`. */
  readonly name: string;
  readonly process: ServiceProcess;
  readonly root: string;
  readonly logDirectory: string;
};

const readyWithinMs = 60_000;
const graceMs = 20_000;

/** One replica of a service, which can be ended in every way and started again. */
export class Replica {
  readonly name: string;
  readonly app: string;
  readonly url: string;
  /** What it did that nobody asked for. */
  readonly surprises: string[] = [];
  readonly #request: ReplicaRequest;
  readonly #logs: string;
  #service: RunningService | undefined;
  #endIsMeant = false;

  constructor(request: ReplicaRequest) {
    this.#request = request;
    this.name = request.name;
    this.app = request.process.app;
    this.url = request.process.url;
    this.#logs = join(request.logDirectory, request.name);
    mkdirSync(this.#logs, { recursive: true });
  }

  get pid(): number {
    return this.#service?.pid ?? 0;
  }

  get logFile(): string {
    return join(this.#logs, `${this.app}.log`);
  }

  /** Starts it without waiting; `ready` waits. It runs the code and the drills of the folder given, or of its own one. */
  start(root = this.#request.root): void {
    const { process } = this.#request;
    const drills = 'DRILLS_DIR' in process.env ? { DRILLS_DIR: join(root, 'drills') } : {};
    const service = startService(
      { ...process, env: { ...process.env, ...drills } },
      { root, logDirectory: this.#logs },
    );
    this.#service = service;
    this.#endIsMeant = false;
    void service.ended.then((code) => {
      if (!this.#endIsMeant) this.surprises.push(`${this.name} ended by itself with code ${code}`);
    });
  }

  async ready(): Promise<void> {
    if (this.#service) await untilReady(this.#service, patiently(readyWithinMs));
  }

  /** SIGKILL; resolves when it has ended. */
  async kill(): Promise<void> {
    this.#endIsMeant = true;
    this.#service?.kill('SIGKILL');
    await this.#service?.ended;
  }

  /** SIGTERM, as a rolling restart sends it. A stop that takes longer than the grace period is a surprise. */
  async stop(): Promise<void> {
    const since = Date.now();
    const limitMs = patiently(graceMs);
    this.#endIsMeant = true;
    await this.#service?.stop(limitMs);
    const took = Date.now() - since;
    if (took >= limitMs) this.surprises.push(`${this.name} needed ${took} ms to stop`);
  }

  freeze(): void {
    this.#service?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#service?.kill('SIGCONT');
  }

  /** Collects what it no longer holds, by `collect-on-signal.ts`; it answers nothing. */
  collect(): void {
    this.#service?.kill('SIGUSR2');
  }

  /** Every line that it has logged so far. */
  lines(): readonly string[] {
    return readFileSync(this.logFile, 'utf8').split('\n');
  }
}
