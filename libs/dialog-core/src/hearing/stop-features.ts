import { hasUnspacedLetters } from '../languages/spoken';
import { lexicons, rolesOf } from '../languages/stop-roles';

/** How many places there are for weights; each feature has one by its hash, and some share one. */
export const places = 1 << 15;

/** Kinds of features, apart in the hash. */
const kinds = { word: 1, pair: 2, part: 3, apart: 4, rolePair: 7, roleTriple: 8 } as const;

/** How much one of each kind counts: a word has many parts. */
const worth = { word: 1, pair: 1, part: 0.4, apart: 0.5, rolePair: 0.7, roleTriple: 0.7 } as const;
/** How many words at most stand between two that are looked at together. */
const mostBetween = 2;
/** How long the parts of a word are, in UTF-16 units; a word of a language without spaces is a sentence. */
type Parts = { readonly shortest: number; readonly longest: number };
const partsOfWord: Parts = { shortest: 3, longest: 5 };
const partsOfUnspaced: Parts = { shortest: 2, longest: 7 };

const fnvPrime = 16777619;

const mixed = (hash: number, unit: number): number => Math.imul(hash ^ unit, fnvPrime);

const placeOf = (hash: number): number => {
  const spread = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (spread ^ (spread >>> 13)) & (places - 1);
};

const hashOf = (kind: number, said: string): number => {
  let hash = kind;
  for (let at = 0; at < said.length; at += 1) hash = mixed(hash, said.charCodeAt(at));
  return hash;
};

/** What a text shows, by place: how much of it, before it is made one long. */
type Shown = Map<number, number>;

const showAt = (shown: Shown, place: number, amount: number): void =>
  void shown.set(place, (shown.get(place) ?? 0) + amount);

const show = (shown: Shown, kind: keyof typeof kinds, said: string): void =>
  showAt(shown, placeOf(hashOf(kinds[kind], said)), worth[kind]);

/** Each part goes on from the hash of the shorter one. */
const showParts = (shown: Shown, word: string): void => {
  const { shortest, longest } = hasUnspacedLetters(word) ? partsOfUnspaced : partsOfWord;
  const bounded = `<${word}>`;
  for (let from = 0; from + shortest <= bounded.length; from += 1) {
    const most = Math.min(longest, bounded.length - from);
    let hash: number = kinds.part;
    for (let length = 1; length <= most; length += 1) {
      hash = mixed(hash, bounded.charCodeAt(from + length - 1));
      if (length >= shortest) showAt(shown, placeOf(hash), worth.part);
    }
  }
};

/** `take … off`, `remove … number`: a word with those before it that are not beside it. */
const showApart = (shown: Shown, words: readonly string[], at: number): void => {
  for (let before = at - 2; before >= Math.max(0, at - 1 - mostBetween); before -= 1)
    show(shown, 'apart', `${words[before] ?? ''} ${words[at] ?? ''}`);
};

const showWords = (shown: Shown, words: readonly string[]): void => {
  let before = '^';
  for (const [at, word] of words.entries()) {
    show(shown, 'word', word);
    show(shown, 'pair', `${before} ${word}`);
    showApart(shown, words, at);
    showParts(shown, word);
    before = word;
  }
  show(shown, 'pair', `${before} $`);
};

const showRoles = (shown: Shown, roles: readonly string[]): void => {
  const bounded = ['^', ...roles, '$'];
  for (let at = 1; at < bounded.length; at += 1) {
    show(shown, 'rolePair', `${bounded[at - 1] ?? ''} ${bounded[at] ?? ''}`);
    if (at > 1) show(shown, 'roleTriple', bounded.slice(at - 2, at + 1).join(' '));
  }
};

/** The places that a text shows something at, and how much, so that all squares together are one. */
export type Features = { readonly places: Int32Array; readonly amounts: Float64Array };

/**
 * What plain words show of whether they ask us to stop: the words, pairs of them side by side and with up to two words
 * between, their parts of three to five letters (of two to seven where words have no spaces between), and pairs and triples of the roles that each language's lexicon gives them.
 */
export const featuresOf = (words: readonly string[]): Features => {
  const shown: Shown = new Map();
  showWords(shown, words);
  for (const { lexicon } of lexicons()) showRoles(shown, rolesOf(words, lexicon));
  return ofLengthOne(shown);
};

const ofLengthOne = (shown: Shown): Features => {
  let squares = 0;
  for (const amount of shown.values()) squares += amount * amount;
  const length = Math.sqrt(squares);
  const features = { places: new Int32Array(shown.size), amounts: new Float64Array(shown.size) };
  let at = 0;
  for (const [place, amount] of shown) {
    features.places[at] = place;
    features.amounts[at] = amount / length;
    at += 1;
  }
  return features;
};
