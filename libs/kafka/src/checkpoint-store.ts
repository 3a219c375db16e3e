/** The next offset of a partition: all before it is behind us. In decimal digits. */
export type Reached = { readonly topic: string; readonly partition: number; readonly offset: string };

/** The next offset to decide, per topic and partition: where to go on when the group's own offsets were lost. */
export interface CheckpointStore {
  /** In decimal digits, or undefined where nothing was decided yet. Throws when the store cannot be reached. */
  read(topic: string, partition: number): Promise<string | undefined>;
  /** Keeps each offset unless a later one is known. */
  advance(reached: readonly Reached[]): Promise<void>;
}

/**
 * How far a database had come when it was last looked at or written. `acceptedAt` is when a person last said that what it
 * holds is right, however far that is (milliseconds since 1970; 0: never): after that it counts anew.
 */
export type Mark = { readonly acceptedAt: number; readonly offset: string };

/** Marks in the service's own database. */
export interface Marks {
  /** What the database says now. Throws when it cannot be reached. */
  mark(topic: string, partition: number): Promise<Mark>;
  /** What it is known to say at least; undefined before it was asked. */
  known(topic: string, partition: number): Mark | undefined;
}

/** What an operator may do with checkpoints besides: accept that a topic was made anew, or that a database is older. */
export interface ResettableCheckpoints extends CheckpointStore {
  /** From now on the offset counts anew, whatever it was, and no earlier mark is missed. */
  forget(topic: string, partition: number): Promise<void>;
}

/** Checkpoints that nothing outlives: for the playground and for tests. */
export const inMemoryCheckpointStore = (): ResettableCheckpoints => {
  const offsets = new Map<string, string>();
  const key = (topic: string, partition: number): string => `${topic}/${partition}`;
  return {
    async read(topic, partition) {
      return offsets.get(key(topic, partition));
    },
    async advance(reached) {
      for (const { topic, partition, offset } of reached) {
        const known = offsets.get(key(topic, partition)) ?? '0';
        if (BigInt(offset) > BigInt(known)) offsets.set(key(topic, partition), offset);
      }
    },
    async forget(topic, partition) {
      offsets.delete(key(topic, partition));
    },
  };
};
