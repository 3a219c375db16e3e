import type { pause } from '@stopcovid/runtime';
import { bucketIdOf, distinctKeys, type BucketKey } from './bucket';
import type { Buckets, Mark } from './buckets';
import type { Marking } from './marking';

export type SharedMarksParts = {
  readonly buckets: Pick<Buckets, 'mark' | 'written'>;
  readonly now: () => number;
  readonly pause: typeof pause;
  /** Told when marks could not be said to be written: they are found left behind. */
  readonly onTrouble: (error: unknown) => void;
};

/* So long others join a mark: as much later its buckets may be counted. */
const openMs = 1_000;

/** One mark, and who writes under it. */
class OpenMark {
  readonly #mark: Promise<Mark>;
  #writers = 0;
  #failed = false;
  #ended = false;
  #told = false;

  constructor(
    private readonly parts: SharedMarksParts,
    keys: readonly BucketKey[],
    private readonly until: number,
  ) {
    this.#mark = parts.buckets.mark(keys);
  }

  get isOpen(): boolean {
    return !this.#failed && !this.#ended && this.parts.now() < this.until;
  }

  /** Resolves when it is there. Whoever joined leaves, also where this rejects. */
  async join(): Promise<void> {
    this.#writers += 1;
    await this.#mark;
  }

  async leave(succeeded: boolean): Promise<void> {
    this.#writers -= 1;
    this.#failed ||= !succeeded;
    if (this.#ended) await this.#tell();
  }

  /** Nobody joins any more. Once nobody writes, it says so. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#tell();
  }

  async #tell(): Promise<void> {
    if (this.#writers > 0 || this.#failed || this.#told) return;
    this.#told = true;
    await this.#mark.then((mark) => this.parts.buckets.written(mark)).catch(this.parts.onTrouble);
  }
}

/**
 * Marks that the writes of a second share: under load the same few buckets are written again and again, and a mark for
 * each write was two commands of the twelve that a slice took.
 */
export class SharedMarks {
  readonly #covering = new Map<string, OpenMark>();
  readonly #ending = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(private readonly parts: SharedMarksParts) {}

  readonly around: Marking = async (keys, write) => {
    const marks = this.#marksOf(distinctKeys(keys));
    let succeeded = false;
    const joined = marks.map((mark) => mark.join());
    try {
      await Promise.all(joined);
      const result = await write();
      succeeded = true;
      return result;
    } finally {
      await Promise.allSettled(joined);
      await Promise.all(marks.map((mark) => mark.leave(succeeded)));
    }
  };

  /** Says of all marks that they are written. Called when nothing is written any more. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#ending);
  }

  /** Those that cover these buckets; what none does is marked by one more. */
  #marksOf(keys: readonly BucketKey[]): readonly OpenMark[] {
    const open = keys.flatMap((key) => {
      const mark = this.#covering.get(bucketIdOf(key));
      return mark?.isOpen === true ? [mark] : [];
    });
    const missing = keys.filter((key) => this.#covering.get(bucketIdOf(key))?.isOpen !== true);
    return [...new Set(missing.length === 0 ? open : [...open, this.#begin(missing)])];
  }

  #begin(keys: readonly BucketKey[]): OpenMark {
    const mark = new OpenMark(this.parts, keys, this.parts.now() + openMs);
    for (const key of keys) this.#covering.set(bucketIdOf(key), mark);
    const ending: Promise<void> = this.#endLater(mark, keys).finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
    return mark;
  }

  async #endLater(mark: OpenMark, keys: readonly BucketKey[]): Promise<void> {
    await this.parts.pause(openMs, this.#stopping.signal);
    for (const id of keys.map(bucketIdOf)) if (this.#covering.get(id) === mark) this.#covering.delete(id);
    await mark.end();
  }
}
