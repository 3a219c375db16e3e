/** A letter lost makes other words of shorter ones: `cease` without its e is `case`. */
const shortestLost = 6;
/** Shorter words are mostly slips of others already. */
const shortestSlipped = 4;
/** Words as long as this mean the same without their last letter; shorter ones may not: `molestar`, `molesta`. */
const shortestCut = 9;
/** One letter put in place of another makes other words of shorter ones: `message`, `massage`. */
const shortestReplaced = 10;
const isVowel = (letter = ''): boolean => letter !== '' && 'aeiou'.includes(letter);
/** Words that one slip makes of short words of ours. */
const words: ReadonlySet<string> = new Set([
  'case',
  'stoop',
  'droop',
  'form',
  'carp',
  'alot',
  'steps',
  'spots',
  'arete',
]);

const firstDifference = (one: string, other: string): number => {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
};

/** A look at the second letters, since most words differ there. */
const mayBegin = (slip: string, word: string): boolean =>
  slip[1] === word[1] || slip[1] === word[2] || slip[1] === slip[0] || word.length >= shortestReplaced;

const isDoubled = (slip: string, word: string, at: number): boolean =>
  slip[at] === slip[at - 1] && slip.endsWith(word.slice(at));

const mayBeLost = (word: string, at: number): boolean =>
  at < word.length - 1
    ? word.length >= shortestLost || (word.length > shortestSlipped && isVowel(word[at]))
    : word.length >= shortestCut || word.endsWith('ing');

const isLost = (slip: string, word: string, at: number): boolean =>
  mayBeLost(word, at) && slip.slice(at) === word.slice(at + 1);

const isSwapped = (slip: string, word: string, at: number): boolean =>
  slip[at] === word[at + 1] && slip[at + 1] === word[at] && slip.slice(at + 2) === word.slice(at + 2);

const isReplaced = (slip: string, word: string, at: number): boolean =>
  word.length >= shortestReplaced && at < word.length - 1 && slip.slice(at + 1) === word.slice(at + 1);

/**
 * Whether one slip of the thumb makes the first of the second: a letter lost, doubled, swapped with the next, or, in a
 * long word, put in place of another. The first letter stays.
 */
export const isSlipOf = (slip: string, word: string): boolean => {
  if (!mayBegin(slip, word)) return false;
  const at = firstDifference(slip, word);
  if (at === 0 || slip === word || word.length < shortestSlipped || words.has(slip)) return false;
  if (slip.length === word.length + 1) return isDoubled(slip, word, at);
  if (slip.length === word.length - 1) return isLost(slip, word, at);
  return slip.length === word.length && (isSwapped(slip, word, at) || isReplaced(slip, word, at));
};

/** Words by their first letter and length: those that a word may be a slip of are in three places. */
export type SlipIndex = ReadonlyMap<number, readonly string[]>;

/** More than any word of ours has letters. */
const tooLong = 64;
const placeOf = (word: string, length: number): number => word.charCodeAt(0) * tooLong + length;

export const slipIndex = (known: Iterable<string>): SlipIndex => {
  const index = new Map<number, string[]>();
  for (const word of known) {
    if (word.includes(' ') || word.length >= tooLong) continue;
    const place = placeOf(word, word.length);
    const beside = index.get(place);
    if (beside) beside.push(word);
    else index.set(place, [word]);
  }
  return index;
};

const noWords: readonly string[] = [];

/** The words that this one, which is none of them, is a slip of. */
export const slippedFrom = (index: SlipIndex, slip: string): readonly string[] => {
  if (slip.length < shortestSlipped || slip.length >= tooLong) return noWords;
  const found: string[] = [];
  for (let length = slip.length - 1; length <= slip.length + 1; length += 1)
    for (const word of index.get(placeOf(slip, length)) ?? noWords)
      if (isSlipOf(slip, word)) found.push(word);
  return found;
};
