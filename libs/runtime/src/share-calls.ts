/** Answers the inputs of one call, in their order. */
export type SharedCall<I, O> = (inputs: readonly I[]) => Promise<readonly O[]>;

const mostInputs = 100;
/* Of more than so many things the call is a small part. */
const mostOfOne = 100;

/** How many share one call, and whose an error is. */
export type Sharing<I> = {
  /** The most inputs of one call; 100 by default. */
  readonly most?: number;
  /** Of how many things an input is. One of more than a hundred gains nothing by company: it goes alone, and others meanwhile. */
  readonly sizeOf?: (input: I) => number;
  /** Whether an error says nothing of one input, so that whoever was called alone would meet it too. */
  readonly isEverybodys: (error: unknown) => boolean;
};

type Waiting<I, O> = {
  readonly input: I;
  readonly resolve: (output: O) => void;
  readonly reject: (error: unknown) => void;
};

class Sharer<I, O> {
  readonly #waiting: Waiting<I, O>[] = [];
  #isBusy = false;

  constructor(
    private readonly call: SharedCall<I, O>,
    private readonly sharing: Sharing<I>,
  ) {}

  push(input: I): Promise<O> {
    const { sizeOf } = this.sharing;
    return new Promise((resolve, reject) => {
      const waiting = { input, resolve, reject };
      if (sizeOf !== undefined && sizeOf(input) > mostOfOne) return void this.#callFor([waiting]);
      this.#waiting.push(waiting);
      this.#plan();
    });
  }

  /** Who comes at the same moment travels along. */
  #plan(): void {
    if (this.#isBusy || this.#waiting.length === 0) return;
    this.#isBusy = true;
    setImmediate(() => void this.#leave());
  }

  async #leave(): Promise<void> {
    await this.#callFor(this.#waiting.splice(0, this.sharing.most ?? mostInputs));
    this.#isBusy = false;
    this.#plan();
  }

  async #callFor(together: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const outputs = await this.call(together.map(({ input }) => input));
      if (outputs.length !== together.length)
        throw new Error(`a shared call answered ${outputs.length} of ${together.length}`);
      together.forEach(({ resolve }, index) => resolve(outputs[index] as O));
    } catch (error) {
      if (together.length === 1 || this.sharing.isEverybodys(error))
        for (const { reject } of together) reject(error);
      else await Promise.all(together.map((each) => this.#callFor([each])));
    }
  }
}

/**
 * Whoever comes while a call is on its way shares the next one: at most one is on its way, and under load each carries
 * much. Where a shared one fails each is called alone, so that nobody fails for another's input.
 */
export const shareCalls = <I, O>(call: SharedCall<I, O>, sharing: Sharing<I>): ((input: I) => Promise<O>) => {
  const sharer = new Sharer(call, sharing);
  return (input) => sharer.push(input);
};
