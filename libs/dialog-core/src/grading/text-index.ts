/** Stands for a text that two choices share. */
export const clash = -1;

/** Which choice has a text, `clash` where two have it. */
export type TextIndex = {
  readonly choices: ReadonlyMap<string, number>;
  /** How many words the texts have, one bit for each number. */
  readonly lengths: number;
};

/** The choice of each text or word. */
export const index = (entries: readonly (readonly [string, number])[]): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const [text, choice] of entries) {
    const known = found.get(text);
    found.set(text, known === undefined || known === choice ? choice : clash);
  }
  return found;
};

/** Whether texts are as long is asked before all else. All longer ones share a bit. */
const longest = 30;
const bitOf = (length: number): number => 1 << Math.min(length, longest);

const indexOf = (choices: ReadonlyMap<string, number>): TextIndex => {
  const lengths = [...choices.keys()].map((text) => bitOf(text.split(' ').length));
  return { choices, lengths: lengths.reduce((all, bit) => all | bit, 0) };
};

/** Texts are words joined by single spaces. */
export const indexTexts = (entries: readonly (readonly [string, number])[]): TextIndex =>
  indexOf(index(entries));

/** Texts that two choices share are left out: there, the fillers make the difference. */
export const indexDistinct = (entries: readonly (readonly [string, number])[]): TextIndex =>
  indexOf(new Map([...index(entries)].filter(([, choice]) => choice !== clash)));

/**
 * The choice whose text these words are; `known` are all words of the texts, or more. They are put together only where
 * all of them are known, and some text has as many: most replies are told from all texts by that alone.
 */
export const choiceOfText = (
  { choices, lengths }: TextIndex,
  known: ReadonlySet<string>,
  typed: readonly string[],
): number | undefined => {
  if ((lengths & bitOf(typed.length)) === 0) return undefined;
  for (const word of typed) if (!known.has(word)) return undefined;
  return choices.get(typed.join(' '));
};
