import type { Language, OptionId, Prompt } from '@stopcovid/contracts';
import { unreachable } from '../unreachable';
import { compileChoices, compiledFor, inLanguage, splitMark, type Compiled } from './compile';
import { matchReply, type ReplyMatch } from './match-reply';
import { isMachineText } from './machine-text';
import { readAmounts } from './read-amounts';
import { stages, type ExplainedVerdict, type GradingRule, type Verdict } from './verdict';
import { askingBack } from './vocabulary';
import { isAmount, withoutAccents, wordsOf, type Words } from './words';
import { yesOrNo } from './yes-no';

export type { ExplainedVerdict, GradingRule, Stage, Verdict } from './verdict';

const wrong = (rule: GradingRule): Verdict => ({ verdict: 'wrong', rule });
const unclear = (rule: GradingRule): Verdict => ({ verdict: 'unclear', rule });
const explained = (verdict: Verdict): ExplainedVerdict => ({ ...verdict, stage: stages[verdict.rule] });

/**
 * What a reply to this prompt is worth, and the rule and the stage that say so. Total: any text gets a verdict. The reply
 * is read in the language first, then in the prompt's other languages.
 */
export const gradeReply = (prompt: Prompt, language: Language, reply: string): ExplainedVerdict =>
  explained(isMachineText(reply) ? unclear('MachineText') : gradeText(prompt, language, reply));

const gradeText = (prompt: Prompt, language: Language, reply: string): Verdict => {
  if (prompt.key !== undefined || prompt.answers) return gradeKeyed(prompt, language, reply);
  if (prompt.options) return readChoice(prompt, language, reply);
  const type = prompt.store?.type;
  switch (type) {
    case 'number':
      return readNumber(reply, language);
    case 'yesNo':
      return readYesNo(reply);
    case 'text':
    case 'zone':
    case 'when':
    case undefined:
      return { verdict: 'ungraded', rule: 'Ungraded', value: reply };
    default:
      return unreachable(type);
  }
};

const gradeKeyed = (prompt: Prompt, language: Language, reply: string): Verdict => {
  const found = findMeant(prompt, language, reply);
  if (found === undefined) return unclear('Blank');
  if (found.choice === undefined)
    return prompt.key === undefined ? notAccepted(found.rule, reply) : unclear(found.rule);
  const { id, value } = found.choice;
  const chosen = id === undefined ? { value: reply } : { option: id, value };
  return id === prompt.key || id === undefined
    ? { verdict: 'right', rule: found.rule, ...chosen }
    : { verdict: 'wrong', rule: 'OtherOption', ...chosen };
};

/** Without options, any words are an answer, apart from a question back. */
const notAccepted = (rule: GradingRule, reply: string): Verdict =>
  wordsOf(reply).words.every((word) => askingBack.has(word)) ? unclear('AskedBack') : wrong(rule);

const readChoice = (prompt: Prompt, language: Language, reply: string): Verdict => {
  const { rule, choice } = findMeant(prompt, language, reply) ?? noMatch;
  if (choice?.id === undefined) return { verdict: 'ungraded', rule, value: reply };
  return { verdict: 'ungraded', rule, option: choice.id, value: choice.value };
};

type Found =
  | { readonly choice: Compiled['choices'][number]; readonly rule: ReplyMatch['rule'] }
  | { readonly choice: undefined; readonly rule: ReplyMatch['rule'] };

const noMatch: Found = { choice: undefined, rule: 'NoMatch' };
const longestUsual = 160;

/**
 * What the usual replies mean, found out once per prompt and language: most people type a mark, an option's words, or
 * both, just as they read them.
 */
const usualReplies = new WeakMap<readonly Compiled[], ReadonlyMap<string, Found>>();

const usualOf = (languages: readonly Compiled[]): ReadonlyMap<string, Found> => {
  const known = usualReplies.get(languages);
  if (known) return known;
  const typed = (languages[0]?.choices ?? []).flatMap(({ id, text }) =>
    id === undefined ? [text] : [id, `${id})`, `${id}.`, text, `${id}) ${text}`],
  );
  const usual = new Map<string, Found>();
  for (const reply of typed) {
    const words = wordsOf(reply);
    if (words.words.length > 0) usual.set(reply.toLowerCase(), matchInAnyLanguage(languages, words));
  }
  usualReplies.set(languages, usual);
  return usual;
};

/** What a reply means; nothing when it has no words. */
const findMeant = (prompt: Prompt, language: Language, reply: string): Found | undefined => {
  const languages = compiledFor(prompt, language);
  const usual = reply.length > longestUsual ? undefined : usualOf(languages).get(reply.trim().toLowerCase());
  if (usual !== undefined) return usual;
  const words = wordsOf(reply);
  return words.words.length === 0 ? undefined : matchInAnyLanguage(languages, words);
};

/** The values stored are those of the trainee's language, whichever language the reply came in. */
const matchInAnyLanguage = (languages: readonly Compiled[], words: Words): Found => {
  let found: ReplyMatch = { choice: undefined, rule: 'NoMatch' };
  for (const compiled of languages) {
    found = matchReply(compiled, words);
    if (found.rule !== 'NoMatch') break;
  }
  const choice = found.choice === undefined ? undefined : languages[0]?.choices[found.choice];
  return { choice, rule: found.rule };
};

const readNumber = (reply: string, language: Language): Verdict => {
  const { words, gaps } = wordsOf(reply);
  const amounts = readAmounts({ words: words.map(withoutAccents), gaps }, language).filter(isAmount);
  const value = Number(amounts[0]);
  return amounts.length === 1 && Number.isFinite(value)
    ? { verdict: 'ungraded', rule: 'Number', value }
    : wrong('NotANumber');
};

const symbolsOfYes =
  /^[\s\p{Emoji_Modifier}\ufe0f!.]*(?:👍|👌|✅|✔|💯|🙆)[\s\p{Emoji_Modifier}\ufe0f!.👍👌✅✔💯]*$/u;

const readYesNo = (reply: string): Verdict => {
  const value = symbolsOfYes.test(reply) ? true : yesOrNo(wordsOf(reply));
  return value === undefined ? wrong('NotYesNo') : { verdict: 'ungraded', rule: 'YesNo', value };
};

const compiledKeys = new Map<string, Compiled>();
const mostKeys = 1_000;

const compileKey = (key: string): Compiled => {
  const known = compiledKeys.get(key);
  if (known) return known;
  const letter = /^\s*(\p{L}\p{M}*)\s*$/u.exec(key)?.[1];
  const marked = letter === undefined ? splitMark(key) : { mark: letter, text: '' };
  const text = marked?.text ?? key;
  const id = marked === undefined ? {} : { id: marked.mark as OptionId };
  const compiled = compileChoices([{ choice: { ...id, text, value: text }, texts: [text] }], undefined);
  if (compiledKeys.size >= mostKeys) compiledKeys.clear();
  compiledKeys.set(key, compiled);
  return compiled;
};

/** Grades against one key text such as `b) 2-3 pumps`, for content that names no other options. */
export const gradeAgainstKey = (reply: string, key: string): ExplainedVerdict =>
  explained(isMachineText(reply) ? unclear('MachineText') : gradeByKey(reply, key));

const gradeByKey = (reply: string, key: string): Verdict => {
  const words = wordsOf(reply);
  if (words.words.length === 0) return unclear('Blank');
  const found = matchReply(compileKey(key), words);
  return found.choice === undefined ? notAccepted(found.rule, reply) : { verdict: 'right', rule: found.rule };
};

/** The answer to reveal, such as `b) for 20 seconds`; nothing where nothing is graded. */
export const correctAnswerOf = (prompt: Prompt, language: Language): string | undefined => {
  const option = prompt.key === undefined ? undefined : prompt.options?.find(({ id }) => id === prompt.key);
  if (option) return `${option.id}) ${inLanguage(option.text, language) ?? ''}`;
  return inLanguage(prompt.answers, language)?.[0];
};
