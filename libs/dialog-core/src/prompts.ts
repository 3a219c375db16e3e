import type {
  AskedPrompt,
  DrillContent,
  Language,
  NextTarget,
  OptionId,
  Prompt,
  PromptMessage,
  PromptSlug,
} from '@stopcovid/contracts';

/**
 * What is looked up in a drill again and again, kept as long as its content lives. Content never changes, so what is
 * computed from it once holds.
 */
type Prepared = {
  readonly positions: ReadonlyMap<string, number>;
  readonly asked: Map<Language, (AskedPrompt | undefined)[]>;
};
const preparedContent = new WeakMap<DrillContent, Prepared>();

/** Of two prompts with one slug the later one counts, so that even such a drill ends. */
const prepare = (content: DrillContent): Prepared => {
  const known = preparedContent.get(content);
  if (known !== undefined) return known;
  const prepared: Prepared = {
    positions: new Map(content.prompts.map((prompt, index) => [prompt.slug, index])),
    asked: new Map(),
  };
  preparedContent.set(content, prepared);
  return prepared;
};

/** The prompt of that name. */
export const promptOf = (content: DrillContent, slug: PromptSlug): Prompt | undefined => {
  const index = prepare(content).positions.get(slug);
  return index === undefined ? undefined : content.prompts[index];
};

/** The language that a drill speaks to somebody: theirs if it has it, else its first. */
export const spokenLanguage = (content: DrillContent, language: Language): Language =>
  content.languages.includes(language) ? language : (content.languages[0] ?? language);

/** The value in the language, else in the drill's first language, else in the first one that there is. */
export const localizedIn = <T>(
  values: Readonly<Partial<Record<string, T>>>,
  language: Language,
  languages: readonly Language[],
): T | undefined => {
  const first = languages[0];
  return values[language] ?? (first === undefined ? undefined : values[first]) ?? Object.values(values)[0];
};

/** A question as it is put to somebody of that language. Throws when the drill has no prompt of that name. */
export const askedPrompt = (content: DrillContent, slug: PromptSlug, language: Language): AskedPrompt => {
  const prepared = prepare(content);
  const index = prepared.positions.get(slug) ?? -1;
  const spoken = spokenLanguage(content, language);
  const inLanguage = prepared.asked.get(spoken) ?? [];
  const known = inLanguage[index];
  if (known !== undefined) return known;
  const asked = render(content, index, spoken);
  inLanguage[index] = asked;
  prepared.asked.set(spoken, inLanguage);
  return asked;
};

/** The question that a drill begins with. Throws when it has none. */
export const firstPrompt = (content: DrillContent, language: Language): AskedPrompt => {
  const [first] = content.prompts;
  if (first === undefined) throw new Error(`drill ${content.slug} has no prompts`);
  return askedPrompt(content, first.slug, language);
};

const render = (content: DrillContent, index: number, language: Language): AskedPrompt => {
  const prompt = content.prompts[index];
  if (prompt === undefined) throw new Error(`drill ${content.slug} has no such prompt`);
  const localized = <T>(values: Readonly<Partial<Record<string, T>>>): T | undefined =>
    localizedIn(values, language, content.languages);
  const options = prompt.options?.map(({ id, text }) => ({ id, text: localized(text) ?? '' }));
  return {
    slug: prompt.slug,
    language,
    position: index + 1,
    of: content.prompts.length,
    messages: prompt.messages.map((message) => renderMessage(message, localized)),
    ...(options && { options }),
  };
};

const renderMessage = (
  { text, media }: PromptMessage,
  localized: (values: Readonly<Partial<Record<string, string>>>) => string | undefined,
): AskedPrompt['messages'][number] => {
  const localText = text && localized(text);
  const localMedia = typeof media === 'object' ? localized(media) : media;
  return {
    ...(localText !== undefined && { text: localText }),
    ...(localMedia !== undefined && { media: localMedia }),
  };
};

/** Whether nothing follows this prompt, whatever is answered. */
export const isFinal = (content: DrillContent, prompt: Prompt): boolean => {
  if (prompt.next !== undefined) return prompt.next === 'end';
  return prepare(content).positions.get(prompt.slug) === content.prompts.length - 1;
};

/** Whether a prompt has a right answer. */
export const isGraded = (prompt: Prompt): boolean => prompt.key !== undefined || prompt.answers !== undefined;

/** Which pass mark a run of this content has, if any. */
export const passMarkOf = ({ passMark }: DrillContent): Pick<DrillContent, 'passMark'> =>
  passMark === undefined ? {} : { passMark };

/**
 * Whether a drill that has come to this prompt ends by saying it: nothing follows, and nothing is made of a reply. The
 * prompt that a drill starts with always waits.
 */
export const endsUnanswered = (content: DrillContent, prompt: Prompt): boolean =>
  !isGraded(prompt) && prompt.store === undefined && isFinal(content, prompt);

/** How a question was settled: by which outcome, and by which option if one was chosen. */
export type Settled = { readonly outcome: 'right' | 'wrong' | 'answered'; readonly option?: OptionId };

const targetOf = ({ next }: Prompt, { outcome, option }: Settled): NextTarget | undefined => {
  if (next === undefined || typeof next === 'string') return next;
  return (option === undefined ? undefined : next.options?.[option]) ?? next[outcome];
};

/** The prompt after this one, or none where the drill ends. An option's target wins over an outcome's. */
export const nextOf = (content: DrillContent, prompt: Prompt, settled: Settled): Prompt | undefined => {
  const target = targetOf(prompt, settled);
  if (target === 'end') return undefined;
  if (target !== undefined) return promptOf(content, target);
  const position = prepare(content).positions.get(prompt.slug);
  return position === undefined ? undefined : content.prompts[position + 1];
};
