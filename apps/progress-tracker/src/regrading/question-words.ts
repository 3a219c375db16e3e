import type { DrillContent, Prompt } from '@stopcovid/contracts';
import type { Shared } from './reply-groups';

/** A question as its trainees read it: what was asked, and which answers are right. */
export type QuestionWords = { readonly words: string; readonly right: readonly string[] };

const inLanguage = <T>(
  texts: Readonly<Partial<Record<string, T>>> | undefined,
  language: string,
): T | undefined => texts?.[language] ?? Object.values(texts ?? {})[0];

const blank = /\{\{\w+\}\}/g;

/* What a prompt asks stands in the last of its texts. */
const asked = ({ messages }: Prompt, language: string): string => {
  const texts = messages.flatMap(({ text }) => inLanguage(text, language) ?? []);
  const around = (texts.at(-1) ?? '').split('{{options}}').map((part) => part.trim());
  return around.join('\n').replace(blank, '…').trim();
};

const rightIn = ({ options = [], key, answers }: Prompt, language: string): readonly string[] => {
  const listed = inLanguage(answers, language) ?? [];
  const chosen = options.filter(({ id }) => id === key);
  return [...chosen.map(({ id, text }) => `${id}) ${inLanguage(text, language) ?? ''}`), ...listed];
};

/** The question that replies were given to; undefined where its content has no such prompt. */
export const questionWords = (
  content: DrillContent,
  { prompt: slug, language }: Pick<Shared, 'prompt' | 'language'>,
): QuestionWords | undefined => {
  const prompt = content.prompts.find((each) => each.slug === slug);
  return prompt && { words: asked(prompt, language), right: rightIn(prompt, language) };
};
