/** A step: what it tries, how long it should take at most, and what it says of it. Throws what went wrong. */
export type Step = {
  readonly name: string;
  readonly aimSeconds?: number;
  /** Later steps need it. */
  readonly needed?: boolean;
  readonly run: () => Promise<string>;
};
