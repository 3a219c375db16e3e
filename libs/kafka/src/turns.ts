/** How long a partition works at a time, in milliseconds, while others of the same fetch wait for the next. */
const usualTurnMs = 1_000;

/**
 * How many records are worked on at once, over all partitions: four full slices, with all that is read of their phones.
 * Where many partitions have much to do that bounds memory, and slices of few never wait for each other.
 */
const mostRecords = 2_000;

export type TurnLimits = {
  readonly turnMs?: number | undefined;
  readonly records?: number;
  /** Milliseconds of any clock that never goes back. */
  readonly now?: () => number;
};

type Waiting = { readonly records: number; readonly begin: () => void };

/** Lets so many records be worked on at once. Whoever finds no room waits, and whoever comes later waits behind. */
class Room {
  readonly #waiting: Waiting[] = [];
  #free: number;

  constructor(private readonly all: number) {
    this.#free = all;
  }

  /** Works once there is room for so many; more than there is room for at all need all of it. */
  async within<T>(count: number, work: () => Promise<T>): Promise<T> {
    const records = Math.min(count, this.all);
    await new Promise<void>((begin) => {
      this.#waiting.push({ records, begin });
      this.#letIn();
    });
    try {
      return await work();
    } finally {
      this.#free += records;
      this.#letIn();
    }
  }

  #letIn(): void {
    for (let [next] = this.#waiting; next && next.records <= this.#free; [next] = this.#waiting) {
      this.#waiting.shift();
      this.#free -= next.records;
      next.begin();
    }
  }
}

/** A partition's time in one fetch. What it waits for others does not count. */
export class Turn {
  #workedMs = 0;

  constructor(
    private readonly room: Room,
    private readonly limits: { readonly turnMs: number; readonly now: () => number },
  ) {}

  isOver(): boolean {
    return this.#workedMs > this.limits.turnMs;
  }

  /** Works on so many records once there is room for them. */
  work<T>(records: number, work: () => Promise<T>): Promise<T> {
    return this.room.within(records, async () => {
      const since = this.limits.now();
      try {
        return await work();
      } finally {
        this.#workedMs += this.limits.now() - since;
      }
    });
  }
}

/** What the partitions of a consumer share among them: room for records at work, and time. */
export class Turns {
  readonly #room: Room;

  constructor(private readonly limits: TurnLimits = {}) {
    this.#room = new Room(limits.records ?? mostRecords);
  }

  begin(): Turn {
    const { turnMs = usualTurnMs, now = () => performance.now() } = this.limits;
    return new Turn(this.#room, { turnMs, now });
  }
}
