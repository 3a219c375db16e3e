import type { AnswerValue, Language, OptionId, Prompt } from '@stopcovid/contracts';
import { unreachable } from '../unreachable';
import { withoutAccents } from './accents';
import { compileChoices, compiledFor, inLanguage, splitMark, type Compiled } from './compile';
import { matchReply, type ReplyMatch } from './match-reply';
import { isMachineText } from './machine-text';
import { readAmounts } from './read-amounts';
import { stages, type ExplainedVerdict, type GradingRule, type Verdict } from './verdict';
import { askingBack } from './vocabulary';
import { isAmount, wordsOf, type Words } from './words';
import { yesOrNo } from './yes-no';

export type { ExplainedVerdict, GradingRule, Stage, Verdict } from './verdict';

/** Written out field by field: this happens with every reply, and a spread costs several times as much. */
const worth = (verdict: Verdict['verdict'], rule: GradingRule, value?: AnswerValue): ExplainedVerdict =>
  value === undefined
    ? { verdict, rule, stage: stages[rule] }
    : { verdict, rule, value, stage: stages[rule] };
const wrong = (rule: GradingRule): ExplainedVerdict => worth('wrong', rule);
const unclear = (rule: GradingRule): ExplainedVerdict => worth('unclear', rule);

/**
 * What a reply to this prompt is worth, and the rule and the stage that say so. Total: any text gets a verdict. The reply
 * is read in the language first, then in the prompt's other languages.
 */
export const gradeReply = (prompt: Prompt, language: Language, reply: string): ExplainedVerdict =>
  usualVerdict(prompt, language, reply) ?? gradeAny(prompt, language, reply);

const gradeAny = (prompt: Prompt, language: Language, reply: string): ExplainedVerdict =>
  isMachineText(reply) ? unclear('MachineText') : gradeText(prompt, language, reply);

const gradeText = (prompt: Prompt, language: Language, reply: string): ExplainedVerdict => {
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
      return worth('ungraded', 'Ungraded', reply);
    default:
      return unreachable(type);
  }
};

const gradeKeyed = (prompt: Prompt, language: Language, reply: string): ExplainedVerdict => {
  const found = findMeant(prompt, language, reply);
  if (found === undefined) return unclear('Blank');
  if (found.choice === undefined)
    return prompt.key === undefined ? notAccepted(found.rule, reply) : unclear(found.rule);
  const { id, value } = found.choice;
  if (id === undefined) return worth('right', found.rule, reply);
  const rule = id === prompt.key ? found.rule : 'OtherOption';
  return { verdict: id === prompt.key ? 'right' : 'wrong', rule, option: id, value, stage: stages[rule] };
};

/** Without options, any words are an answer, apart from a question back. */
const notAccepted = (rule: GradingRule, reply: string): ExplainedVerdict =>
  wordsOf(reply).words.every((word) => askingBack.has(word)) ? unclear('AskedBack') : wrong(rule);

const readChoice = (prompt: Prompt, language: Language, reply: string): ExplainedVerdict => {
  const { rule, choice } = findMeant(prompt, language, reply) ?? noMatch;
  if (choice?.id === undefined) return worth('ungraded', rule, reply);
  return { verdict: 'ungraded', rule, option: choice.id, value: choice.value, stage: stages[rule] };
};

type Found =
  | { readonly choice: Compiled['choices'][number]; readonly rule: ReplyMatch['rule'] }
  | { readonly choice: undefined; readonly rule: ReplyMatch['rule'] };

const noMatch: Found = { choice: undefined, rule: 'NoMatch' };
const longestUsual = 160;

/**
 * What the usual replies are worth, found out once per prompt and language: most people type a mark, an option's words,
 * or both, just as they read them.
 */
const usualReplies = new WeakMap<readonly Compiled[], ReadonlyMap<string, ExplainedVerdict>>();

const gradeUsual = (
  prompt: Prompt,
  language: Language,
  { choices }: Compiled,
): ReadonlyMap<string, ExplainedVerdict> =>
  new Map(
    choices
      .flatMap(({ id = '', text }) => [id, `${id})`, `${id}.`, text, `${id}) ${text}`])
      .map((reply) => [reply.trim().toLowerCase(), gradeAny(prompt, language, reply)]),
  );

/** What a reply to a prompt with options is worth where it is a usual one. */
const usualVerdict = (prompt: Prompt, language: Language, reply: string): ExplainedVerdict | undefined => {
  if (prompt.options === undefined || reply.length > longestUsual) return undefined;
  const languages = compiledFor(prompt, language);
  let usual = usualReplies.get(languages);
  if (usual === undefined && languages[0]) {
    usual = gradeUsual(prompt, language, languages[0]);
    usualReplies.set(languages, usual);
  }
  const known = usual?.get(reply.trim().toLowerCase());
  return known?.option === undefined ? undefined : known;
};

/** What a reply means; nothing when it has no words. */
const findMeant = (prompt: Prompt, language: Language, reply: string): Found | undefined => {
  const words = wordsOf(reply);
  return words.words.length === 0 ? undefined : matchInAnyLanguage(compiledFor(prompt, language), words);
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

const readNumber = (reply: string, language: Language): ExplainedVerdict => {
  const { words, gaps } = wordsOf(reply);
  const amounts = readAmounts({ words: words.map(withoutAccents), gaps }, language).filter(isAmount);
  const value = Number(amounts[0]);
  return amounts.length === 1 && Number.isFinite(value)
    ? worth('ungraded', 'Number', value)
    : wrong('NotANumber');
};

const symbolsOfYes =
  /^[\s\p{Emoji_Modifier}\ufe0f!.]*(?:👍|👌|✅|✔|💯|🙆)[\s\p{Emoji_Modifier}\ufe0f!.👍👌✅✔💯]*$/u;

const readYesNo = (reply: string): ExplainedVerdict => {
  const value = symbolsOfYes.test(reply) ? true : yesOrNo(wordsOf(reply));
  return value === undefined ? wrong('NotYesNo') : worth('ungraded', 'YesNo', value);
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
  isMachineText(reply) ? unclear('MachineText') : gradeByKey(reply, key);

const gradeByKey = (reply: string, key: string): ExplainedVerdict => {
  const words = wordsOf(reply);
  if (words.words.length === 0) return unclear('Blank');
  const found = matchReply(compileKey(key), words);
  return found.choice === undefined ? notAccepted(found.rule, reply) : worth('right', found.rule);
};

/** The answer to reveal, such as `b) for 20 seconds`; nothing where nothing is graded. */
export const correctAnswerOf = (prompt: Prompt, language: Language): string | undefined => {
  const option = prompt.key === undefined ? undefined : prompt.options?.find(({ id }) => id === prompt.key);
  if (option) return `${option.id}) ${inLanguage(option.text, language) ?? ''}`;
  return inLanguage(prompt.answers, language)?.[0];
};
