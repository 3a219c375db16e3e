import { pause } from './retry';

/** What a check found; `detail` says why in a few words and holds nothing personal. */
export type HealthState = { readonly up: boolean; readonly detail?: string };
export type HealthCheck = () => HealthState | Promise<HealthState>;
export type HealthKind = 'live' | 'ready';
export type HealthReport = { readonly up: boolean; readonly checks: Readonly<Record<string, HealthState>> };

const limitMs = 2_000;

const withinLimit = async (check: HealthCheck): Promise<HealthState> => {
  const limit = new AbortController();
  const tooSlow = pause(limitMs, limit.signal).then(() => ({ up: false, detail: 'did not answer in time' }));
  try {
    return await Promise.race([check(), tooSlow]);
  } catch (error) {
    return { up: false, detail: error instanceof Error ? error.message : 'failed' };
  } finally {
    limit.abort();
  }
};

/** Collects what an app's parts say of themselves. Ready only between `started()` and `drain()`. */
export class Health {
  readonly #checks: Record<HealthKind, Map<string, HealthCheck>> = { live: new Map(), ready: new Map() };
  #phase: 'starting' | 'running' | 'draining' = 'starting';

  /** Adds a check, or replaces the one of that name. A check that throws or takes over 2 s counts as down. */
  register(name: string, check: HealthCheck, kind: HealthKind): void {
    this.#checks[kind].set(name, check);
  }

  /** Says that the app has started: from now on its readiness is that of its parts. */
  started(): void {
    if (this.#phase === 'starting') this.#phase = 'running';
  }

  /** Says that the app is stopping: it is never ready again. */
  drain(): void {
    this.#phase = 'draining';
  }

  /** Is the process worth keeping? */
  live(): Promise<HealthReport> {
    return this.#report('live', []);
  }

  /** Should work be given to it? */
  ready(): Promise<HealthReport> {
    const up = this.#phase === 'running';
    return this.#report('ready', [['app', { up, detail: this.#phase }]]);
  }

  async #report(kind: HealthKind, own: readonly [string, HealthState][]): Promise<HealthReport> {
    const asked = [...this.#checks[kind]].map(async ([name, check]): Promise<[string, HealthState]> => [
      name,
      await withinLimit(check),
    ]);
    const checks = [...own, ...(await Promise.all(asked))];
    return { up: checks.every(([, state]) => state.up), checks: Object.fromEntries(checks) };
  }
}
