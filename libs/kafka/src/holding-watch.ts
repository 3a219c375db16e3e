/** The partitions of a topic that a process has, and how often they were given to it. */
export type HeldPartitions = { readonly partitions: readonly number[]; readonly joins: number };

/**
 * What a look at them says to whoever remembers something of them. `same`: nothing has changed. `others`: some came or
 * went, and those that stayed were nobody else's. `anew`: all were given since, and others may have had any of them.
 */
export type Holding = 'same' | 'others' | 'anew';

const inOrder = (partitions: readonly number[]): readonly number[] =>
  [...partitions].sort((one, other) => one - other);

const areSame = (some: readonly number[], others: readonly number[]): boolean =>
  some.length === others.length && some.every((each, index) => each === others[index]);

/**
 * Follows the partitions of a process from one look to the next. Which they are does not tell: one that was lost and
 * given back between two looks had another owner, who wrote.
 */
export class HoldingWatch {
  #joins: number | undefined;
  #partitions: readonly number[] = [];

  /** The first look is `anew`. */
  look({ partitions, joins }: HeldPartitions): Holding {
    const before = this.#partitions;
    /* Mostly they come as they came: a look is taken for each text. */
    const isAsBefore = areSame(partitions, before);
    if (!isAsBefore) this.#partitions = [...partitions];
    if (joins !== this.#joins) {
      this.#joins = joins;
      return 'anew';
    }
    return isAsBefore || areSame(inOrder(partitions), inOrder(before)) ? 'same' : 'others';
  }
}
