import { Subject, type Subscription } from 'rxjs';
import type { Carrier } from '../carrier/carrier';
import type { LoadPlan } from './behaviour';
import { Run, type RunState } from './run';

/** How far a load is; everything counts from its beginning. */
export type LoadProgress =
  | { readonly state: 'idle' }
  | {
      readonly state: RunState;
      /** What was asked for, but for who they are. */
      readonly plan: Omit<LoadPlan, 'places'> & { readonly places: undefined };
      readonly seconds: number;
      /** What people wrote, and how their webhooks went. */
      readonly texts: number;
      readonly accepted: number;
      readonly refused: number;
      readonly lost: number;
      readonly underWay: number;
      /** Turns that nobody took because too many webhooks were under way. */
      readonly heldBack: number;
      readonly stops: number;
      /** What people were sent. */
      readonly heard: number;
      /** Who wrote and has not heard since. */
      readonly waiting: number;
      readonly textsPerSecond: number;
      /** From a text to the first text that comes back, in milliseconds. */
      readonly replyMs: {
        readonly p50: number | null;
        readonly p95: number | null;
        readonly p99: number | null;
        readonly longest: number | null;
      };
    };

const tellEveryMs = 1_000;

/** The load generator: one crowd at a time. */
export class Crowd {
  /** Once a second while a load runs, and when it ends. */
  readonly changes = new Subject<LoadProgress>();
  #run: Run | undefined;
  #listening: Subscription | undefined;
  #ticker: NodeJS.Timeout | undefined;

  constructor(private readonly carrier: Carrier) {}

  /** Whether it was started: another load may still be running. */
  start(plan: LoadPlan): boolean {
    if (this.#run?.state === 'running') return false;
    this.#listening?.unsubscribe();
    clearInterval(this.#ticker);
    const run = new Run(plan, this.carrier, () => this.#tell());
    this.#run = run;
    this.#listening = this.carrier.changes.subscribe((change) => {
      if (change.type === 'message') run.notice(change.message);
    });
    run.start();
    this.#ticker = setInterval(() => this.#tell(), tellEveryMs);
    this.#ticker.unref();
    this.#tell();
    return true;
  }

  /** Nobody writes any more; what is on its way still arrives. */
  stop(): void {
    this.#run?.end('stopped');
  }

  close(): void {
    this.stop();
    clearInterval(this.#ticker);
    this.#listening?.unsubscribe();
    this.changes.complete();
  }

  progress(): LoadProgress {
    const run = this.#run;
    if (!run) return { state: 'idle' };
    const { counts, replies, seconds } = run;
    return {
      state: run.state,
      plan: { ...run.plan, places: undefined },
      seconds: Math.round(seconds * 10) / 10,
      ...counts,
      underWay: run.underWay,
      waiting: run.waiting,
      textsPerSecond: seconds === 0 ? 0 : Math.round((counts.texts / seconds) * 10) / 10,
      replyMs: {
        p50: replies.atMost(0.5),
        p95: replies.atMost(0.95),
        p99: replies.atMost(0.99),
        longest: replies.longest,
      },
    };
  }

  /** A run that is over goes on telling until the last of its webhooks is done with. */
  #tell(): void {
    if (this.#run?.state !== 'running' && this.#run?.underWay === 0) clearInterval(this.#ticker);
    this.changes.next(this.progress());
  }
}
