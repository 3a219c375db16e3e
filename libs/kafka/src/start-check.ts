/** How far behind a checkpoint a group may start without anyone worrying, in records. */
export const usualSlack = 10_000n;

/** What is known when a partition is about to be read. Offsets are the next ones to be read or written. */
export type PartitionStart = {
  readonly checkpoint: string | undefined;
  /** The offset of the first record to be handed over. */
  readonly first: string;
  /** The end of the partition. */
  readonly end: string;
};

/** Why a partition stands still until a person has seen to it. */
export type Halt = {
  readonly kind: 'halt';
  readonly alarm: 'topic-made-anew' | 'database-older';
  readonly reason: string;
};

export type StartVerdict =
  | { readonly kind: 'go' }
  | { readonly kind: 'skipTo'; readonly offset: string; readonly reason: string }
  | Halt;

/**
 * Compares where a group is about to read with what has been decided so far. Far below: the group's offsets were lost.
 * A partition that ends below its checkpoint is another one than before: its topic was made anew, and a person must say
 * that this is meant.
 */
export const judgeStart = ({ checkpoint, first, end }: PartitionStart, slack = usualSlack): StartVerdict => {
  if (checkpoint === undefined) return { kind: 'go' };
  const decided = BigInt(checkpoint);
  if (BigInt(end) < decided)
    return {
      kind: 'halt',
      alarm: 'topic-made-anew',
      reason: `ends at ${end}, but was decided up to ${checkpoint}: the topic was made anew`,
    };
  if (BigInt(first) + slack < decided)
    return {
      kind: 'skipTo',
      offset: checkpoint,
      reason: `the group starts at ${first}, far below the checkpoint ${checkpoint}: its offsets were lost`,
    };
  return { kind: 'go' };
};
