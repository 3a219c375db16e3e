import { contentWords, plainWords, type Compiled, type Polarity, type Spelling } from './compile';
import { allHave, told, traits, type Told } from './lexicon';
import { mendBlanks, mendSlips } from './mend-words';
import { isSlippedSmall, nearText } from './near-text';
import { tells } from './telling';
import { choiceOfText, clash } from './text-index';
import { afterHarmlessNo, denies, neutralWords, noWords, yesWords } from './vocabulary';
import { kinds } from './word-kinds';
import { isAmount, type Words } from './words';
import { ownAnswer, yesOrNo } from './yes-no';

/** What a text means: a choice and why, or why none. */
export type Match =
  | { readonly choice: number; readonly rule: 'Exact' | 'YesNo' | 'Phrase' | 'Fuzzy' | 'Part' }
  | { readonly choice: undefined; readonly rule: 'NoMatch' | 'Negated' | 'Ambiguous' };

const none = { choice: undefined, rule: 'NoMatch' } as const;
const negated = { choice: undefined, rule: 'Negated' } as const;
const ambiguous = { choice: undefined, rule: 'Ambiguous' } as const;

const exactly = (choice: number, rule: 'Exact' | 'Fuzzy' = 'Exact'): Match =>
  choice === clash ? ambiguous : { choice, rule };

/** Which choice a text means, whatever mark stands before it: from the strictest comparison to the loosest. */
export const matchText = (compiled: Compiled, text: Words): Match => {
  const exact = choiceOfText(compiled.exact, text.words);
  return exact === undefined ? matchOtherText(compiled, text) : exactly(exact);
};

/** Which choice is meant by a text that no choice has just so. */
export const matchOtherText = (compiled: Compiled, text: Words): Match => {
  const plain = once(told(compiled.lexicon, plainWords(text, compiled.language)));
  return sameWords(compiled, plain, 'Exact') ?? matchYesNo(compiled, text) ?? weigh(compiled, plain);
};

/** A text that says the same twice, or four times, says it once. */
const once = (text: Told): Told => {
  const { words, traits: each } = text;
  const half = words.length / 2;
  if (half < 1 || !Number.isInteger(half)) return text;
  for (let at = 0; at < half; at += 1) if (words[at] !== words[half + at]) return text;
  return once({ words: words.slice(0, half), traits: each.slice(0, half) });
};

/** The choice that has these very words, with courtesy around them or not. */
const sameWords = (compiled: Compiled, text: Told, rule: 'Exact' | 'Fuzzy'): Match | undefined => {
  const choice = choiceOfWords(compiled, text);
  return choice === undefined ? undefined : exactly(choice, rule);
};

/** A word that is neither in the choices nor harmless spares most replies all comparisons. */
const choiceOfWords = ({ plain, content, language }: Compiled, text: Told): number | undefined => {
  if (!allHave(text, traits.ofTexts | kinds.harmless)) return undefined;
  const { words } = text;
  const bare = withoutCourtesy(text);
  return (
    choiceOfText(plain, words) ??
    choiceOfText(content, contentWords(words, language)) ??
    (bare === words ? undefined : choiceOfText(plain, bare))
  );
};

const isAround = (word = 0): boolean => (word & (kinds.harmless | traits.ofChoices)) === kinds.harmless;

const withoutCourtesy = ({ words, traits: each }: Told): readonly string[] => {
  let [start, end] = [0, words.length];
  while (start < end && isAround(each[start])) start += 1;
  while (end > start && isAround(each[end - 1])) end -= 1;
  return end - start === words.length ? words : words.slice(start, end);
};

const choicesWith = (compiled: Compiled, said: Polarity): ReadonlySet<number> => {
  const alone = compiled.spellings.filter(({ polarity }) => polarity === said);
  const found = alone.length > 0 ? alone : compiled.spellings.filter(({ leads }) => leads === said);
  return new Set(found.map(({ choice }) => choice));
};

/** Where all that was asked is yes or no, more words say yes. */
const saidIn = (compiled: Compiled, text: Words): Polarity | 'both' | undefined => {
  const said = ownAnswer(text);
  if (said !== undefined || compiled.spellings.length === 0) return said;
  if (!compiled.spellings.every(({ polarity }) => polarity !== undefined)) return undefined;
  const value = yesOrNo(text);
  return value === undefined ? undefined : value ? 'yes' : 'no';
};

/** What is said beside the yes or no. */
const besides = ({ language, lexicon }: Compiled, text: Words): Told =>
  told(
    lexicon,
    plainWords(text, language).filter((word) => !yesWords.has(word) && !noWords.has(word)),
  );

const matchYesNo = (compiled: Compiled, text: Words): Match | undefined => {
  const said = saidIn(compiled, text);
  if (said === undefined) return undefined;
  if (said === 'both') return ambiguous;
  const choices = choicesWith(compiled, said);
  const [choice] = choices;
  if (choice === undefined) return undefined;
  const reason = text.words.length > 1 ? weigh(compiled, besides(compiled, text)) : none;
  const elsewhere = reason.choice !== undefined && reason.choice !== choice;
  return choices.size > 1 || elsewhere ? ambiguous : { choice, rule: 'YesNo' };
};

const weigh = (compiled: Compiled, text: Told): Match => {
  const bare = withoutCourtesy(text);
  const near = nearText(compiled, text.words) ?? (bare === text.words ? undefined : nearText(compiled, bare));
  if (near !== undefined) return { choice: near, rule: 'Fuzzy' };
  const { text: mended, slips } = mendSlips(compiled, mendBlanks(compiled, text));
  const same = mended === text ? undefined : sameWords(compiled, once(mended), 'Fuzzy');
  if (same) return same;
  const content = contentWords(mended === text ? bare : withoutCourtesy(mended), compiled.language);
  const found = longest(matchPhrase(compiled, mended.words), () => matchPart(compiled, content));
  return found.choice !== undefined && slips > 0 ? { choice: found.choice, rule: 'Fuzzy' } : found;
};

/** Where an option stands in the text with words of another, an option that has them all is meant. */
const longest = (phrase: Match | undefined, part: () => Match): Match => {
  if (phrase === undefined) return part();
  if (phrase.rule !== 'Ambiguous') return phrase;
  const whole = part();
  return whole.choice === undefined ? phrase : whole;
};

const matchPhrase = (compiled: Compiled, words: readonly string[]): Match | undefined => {
  const content = contentWords(words, compiled.language);
  const text = ` ${content.join(' ')} `;
  const amounts = content.filter(isAmount);
  const found = widest(compiled.spellings.filter((spelling) => isWithin(spelling, text, amounts)));
  const [first] = found;
  if (first === undefined) return undefined;
  if (found.some(({ choice }) => choice !== first.choice)) return ambiguous;
  if (found.every((spelling) => isDenied(compiled, spelling, content))) return negated;
  return namesAnother(compiled, first, content) ? ambiguous : { choice: first.choice, rule: 'Phrase' };
};

/** Amounts are the point where they occur: all of the text's must then be the option's. A lone letter is no phrase. */
const isWithin = (spelling: Spelling, text: string, amounts: readonly string[]): boolean =>
  spelling.polarity === undefined &&
  spelling.content.length > 1 &&
  (spelling.amounts.length === 0 || amounts.every((amount) => spelling.words.has(amount))) &&
  spelling.parts.every((part) => text.includes(part));

/** `soap and water` also contains `soap`: only what no other match contains is meant. */
const widest = (found: readonly Spelling[]): readonly Spelling[] =>
  found.length < 2
    ? found
    : found.filter(
        (one) =>
          !found.some(
            (other) => other.content !== one.content && ` ${other.content} `.includes(` ${one.content} `),
          ),
      );

/** A denial that is none of the option's own, anywhere in the text; `20 seconds, no less` denies nothing. */
const isDenied = ({ language }: Compiled, { words }: Spelling, text: readonly string[]): boolean =>
  text.some(
    (word, at) => denies(language, word) && !words.has(word) && !afterHarmlessNo.has(text[at + 1] ?? ''),
  );

/** Whether the text has a word that one other choice alone has. */
const namesAnother = (compiled: Compiled, { choice, words }: Spelling, text: readonly string[]): boolean =>
  text.some((word) => {
    const owner =
      words.has(word) || !tells(compiled.language, word) ? undefined : compiled.vocabulary.get(word);
    return owner !== undefined && owner !== clash && owner !== choice;
  });

/** The words of the text are in one choice alone, and tell it from the others. */
const matchPart = (compiled: Compiled, content: readonly string[]): Match => {
  if (compiled.choices.length < 2 || !content.some((word) => tells(compiled.language, word)))
    return isDenying(compiled, content);
  const choices = new Set(
    compiled.spellings.filter((spelling) => isPart(compiled, spelling, content)).map(({ choice }) => choice),
  );
  const [choice] = choices;
  if (choice === undefined) return isDenying(compiled, content);
  return choices.size > 1 ? ambiguous : { choice, rule: 'Part' };
};

const isPart = (compiled: Compiled, spelling: Spelling, content: readonly string[]): boolean =>
  spelling.denials.every((word) => content.includes(word)) &&
  content.every(
    (word) => spelling.words.has(word) || neutralWords.has(word) || isSlippedSmall(compiled, spelling, word),
  );

const isDenying = ({ vocabulary, language }: Compiled, content: readonly string[]): Match =>
  content.some((word) => denies(language, word) && !vocabulary.has(word)) ? negated : none;
