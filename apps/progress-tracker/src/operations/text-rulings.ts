import type { CommandId } from '@stopcovid/contracts';

/** What a person decided of a text that did not go out. */
export type TextRuling = {
  /** Of the message. */
  readonly id: string;
  readonly by: string;
  readonly at: Date;
} & (
  | { readonly how: 'sentAgain'; readonly commandId: CommandId }
  | { readonly how: 'givenUp'; readonly commandId?: never }
);

/** The rulings on texts that did not go out. All methods throw when the store cannot be reached. */
export interface TextRulings {
  /** Those on messages with these ids. */
  of(ids: readonly string[]): Promise<ReadonlyMap<string, TextRuling>>;
  /** Keeps a ruling, in place of one that was there. */
  keep(ruling: TextRuling): Promise<void>;
}

/** Rulings in memory: nothing survives a restart. */
export const inMemoryTextRulings = (): TextRulings => {
  const rulings = new Map<string, TextRuling>();
  return {
    of: (ids) =>
      Promise.resolve(
        new Map(
          ids.flatMap((id) => {
            const ruling = rulings.get(id);
            return ruling === undefined ? [] : [[id, ruling] as const];
          }),
        ),
      ),
    keep: (ruling) => Promise.resolve(void rulings.set(ruling.id, ruling)),
  };
};
