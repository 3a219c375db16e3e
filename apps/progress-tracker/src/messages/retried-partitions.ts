import type { BatchContext } from '@stopcovid/kafka';
import type { WaitingRecord } from './waiting-records';

const everyMs = 60_000;

type Membership = Pick<BatchContext, 'partition' | 'signal'>;

const everything = (): boolean => true;
const documents = ({ because }: WaitingRecord): boolean => because === 'unreadable';

/**
 * When the records that wait on a partition are to be tried again: all of them at the start of a membership, with
 * which a release begins; those whose documents could not be read once a minute, since they may have been mended.
 */
export class RetriedPartitions {
  readonly #tried = new Map<number, { readonly until: AbortSignal; readonly at: number }>();

  constructor(private readonly now: () => number) {}

  /** Which of the waiting records are to be tried now; undefined when none is. */
  due({ partition }: Pick<Membership, 'partition'>): ((waits: WaitingRecord) => boolean) | undefined {
    const last = this.#tried.get(partition);
    if (last === undefined || last.until.aborted) return everything;
    return this.now() - last.at >= everyMs ? documents : undefined;
  }

  /** Those that were due have been tried. */
  done({ partition, signal }: Membership): void {
    if (this.due({ partition }) !== undefined) this.#tried.set(partition, { until: signal, at: this.now() });
  }
}
