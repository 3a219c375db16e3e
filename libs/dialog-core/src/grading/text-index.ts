/** Stands for a text that two choices share. */
export const clash = -1;

/** Which choice has a text, `clash` where two have it. */
export type TextIndex = {
  readonly choices: ReadonlyMap<string, number>;
  /** All words of the texts, and how many words they have: most replies are told from all of them by these alone. */
  readonly words: ReadonlySet<string>;
  readonly lengths: ReadonlySet<number>;
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

const indexOf = (choices: ReadonlyMap<string, number>): TextIndex => {
  const texts = [...choices.keys()].map((text) => text.split(' '));
  return { choices, words: new Set(texts.flat()), lengths: new Set(texts.map(({ length }) => length)) };
};

/** Texts are words joined by single spaces. */
export const indexTexts = (entries: readonly (readonly [string, number])[]): TextIndex =>
  indexOf(index(entries));

/** Texts that two choices share are left out: there, the fillers make the difference. */
export const indexDistinct = (entries: readonly (readonly [string, number])[]): TextIndex =>
  indexOf(new Map([...index(entries)].filter(([, choice]) => choice !== clash)));

/** The choice whose text these words are. They are put together only where all of them, and as many, are in some text. */
export const choiceOfText = (
  { choices, words, lengths }: TextIndex,
  typed: readonly string[],
): number | undefined => {
  if (!lengths.has(typed.length)) return undefined;
  for (const word of typed) if (!words.has(word)) return undefined;
  return choices.get(typed.join(' '));
};
