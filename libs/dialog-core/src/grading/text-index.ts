/** Stands for a text that two choices share. */
export const clash = -1;

type IndexedText = { readonly words: readonly string[]; readonly choice: number };

/** The texts of so many words, each with its choice, or `clash` where two have it. */
export type TextIndex = readonly (readonly IndexedText[] | undefined)[];

/** The choice of each text or word. */
export const index = (entries: readonly (readonly [string, number])[]): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const [text, choice] of entries) {
    const known = found.get(text);
    found.set(text, known === undefined || known === choice ? choice : clash);
  }
  return found;
};

const indexOf = (choices: Iterable<readonly [string, number]>): TextIndex => {
  const byLength: IndexedText[][] = [];
  for (const [text, choice] of choices) {
    const words = text.split(' ');
    (byLength[words.length] ??= []).push({ words, choice });
  }
  return Array.from(byLength);
};

/** Texts are words joined by single spaces. */
export const indexTexts = (entries: readonly (readonly [string, number])[]): TextIndex =>
  indexOf(index(entries));

/** Texts that two choices share are left out: there, the fillers make the difference. */
export const indexDistinct = (entries: readonly (readonly [string, number])[]): TextIndex =>
  indexOf([...index(entries)].filter(([, choice]) => choice !== clash));

const isSame = (words: readonly string[], typed: readonly string[]): boolean => {
  for (let at = 0; at < words.length; at += 1) if (words[at] !== typed[at]) return false;
  return true;
};

/** The choice whose text these words are. Few texts have as many, and those differ early: nothing is put together. */
export const choiceOfText = (index: TextIndex, typed: readonly string[]): number | undefined => {
  const texts = index[typed.length];
  if (texts === undefined) return undefined;
  for (const { words, choice } of texts) if (isSame(words, typed)) return choice;
  return undefined;
};
