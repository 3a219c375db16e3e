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

type NamedState = readonly [string, HealthState];

/** Of several states of one name the last one counts. */
const reportOf = (states: readonly NamedState[]): HealthReport => {
  const checks = Object.fromEntries(states);
  return { up: Object.values(checks).every(({ up }) => up), checks };
};

/** Collects what an app's parts say of themselves. Ready only between `started()` and `drain()`. */
export class Health {
  readonly #checks: Record<HealthKind, Map<string, HealthCheck>> = { live: new Map(), ready: new Map() };
  /** Why each waits, by the check that says so; undefined once it goes on. */
  readonly #waits = new Map<string, string | undefined>();
  #phase: 'starting' | 'running' | 'draining' = 'starting';

  /** Adds a check, or replaces the one of that name. A check that throws or takes over 2 s counts as down. */
  register(name: string, check: HealthCheck, kind: HealthKind): void {
    this.#checks[kind].set(name, check);
  }

  /**
   * Says why the app is not ready yet, under the check of this name, and until it goes on. Readers need no key for it:
   * it names settings and never what a secret holds.
   */
  waits(check: string, reason: string): void {
    this.#waits.set(check, reason);
  }

  /** Says that this is waited for no more: the check of this name counts again. */
  goesOn(check: string): void {
    this.#waits.set(check, undefined);
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
  async live(): Promise<HealthReport> {
    return reportOf(await this.#asked('live'));
  }

  /** Should work be given to it? */
  async ready(): Promise<HealthReport> {
    const app = { up: this.#phase === 'running', detail: this.#phase };
    const asked = await this.#asked('ready');
    const [waiting, over] = [new Map<string, HealthState>(), new Map<string, HealthState>()];
    for (const [name, detail] of this.#waits)
      if (detail === undefined) over.set(name, { up: true });
      else waiting.set(name, { up: false, detail });
    return reportOf([['app', app], ...over, ...asked, ...waiting]);
  }

  #asked(kind: HealthKind): Promise<readonly NamedState[]> {
    const ask = async ([name, check]: [string, HealthCheck]): Promise<NamedState> => [
      name,
      await withinLimit(check),
    ];
    return Promise.all([...this.#checks[kind]].map(ask));
  }
}
