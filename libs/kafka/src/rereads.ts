import { type Logger, pause } from '@stopcovid/runtime';
import { type Membership, placeOf } from './assignment';
import { isBefore } from './log-record';

/** A partition of a topic that is read, and for how long it is ours. */
export type ReadPlace = { readonly topic: string; readonly partition: number; readonly signal: AbortSignal };

/** Says from which offset a partition is to be read again; undefined: from nowhere. No slice of it is at work then. */
export type AskReread = (place: ReadPlace) => Promise<string | undefined>;

/** How often readers are asked whether they would read again, in milliseconds. */
export const rereadEveryMs = 30_000;

/** What a transport provides so that readers can be asked. */
export type RereadTools = {
  readonly everyMs?: number | undefined;
  readonly ask: AskReread;
  /** The next offset that is to be read anyhow; undefined where none was ever committed. */
  readonly next: (place: ReadPlace) => Promise<string | undefined>;
  readonly seek: (at: {
    readonly topic: string;
    readonly partition: number;
    readonly offset: string;
  }) => void;
  /** Does work while no slice of the partition is at work. */
  readonly inTurn: (place: string, work: () => Promise<void>) => Promise<void>;
  readonly logger?: Logger | undefined;
};

/** Asks the readers of a membership's partitions, at its beginning and from time to time, whether to read again. */
export class Rereads {
  constructor(private readonly tools: RereadTools) {}

  async watch(assigned: Readonly<Record<string, readonly number[]>>, membership: Membership): Promise<void> {
    const signal = membership.waits;
    const places = Object.entries(assigned).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition, signal })),
    );
    while (!signal.aborted) {
      for (const place of places) await this.#look(place);
      await pause(this.tools.everyMs ?? rereadEveryMs, signal);
    }
  }

  async #look(place: ReadPlace): Promise<void> {
    const name = placeOf(place.topic, place.partition);
    try {
      await this.tools.inTurn(name, () => this.#ask(place));
    } catch (error) {
      this.tools.logger?.warn({ place: name, err: error }, 'nobody could be asked whether to read again');
    }
  }

  async #ask(place: ReadPlace): Promise<void> {
    if (place.signal.aborted) return;
    const offset = await this.tools.ask(place);
    if (offset === undefined) return;
    const next = await this.tools.next(place);
    if (place.signal.aborted || next === undefined || !isBefore(offset, next)) return;
    this.tools.seek({ topic: place.topic, partition: place.partition, offset });
  }
}
