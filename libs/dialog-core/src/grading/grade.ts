import type { Language, Prompt } from '@stopcovid/contracts';
import type { Verdict } from './verdict';

export type { GradingRule, Verdict } from './verdict';

/** Whether a reply to this prompt is right, and the rule that says so. Total: any text gets a verdict. */
export const gradeReply = (prompt: Prompt, language: Language, reply: string): Verdict => {
  const key = correctAnswerOf(prompt, language);
  return key === undefined
    ? { verdict: 'ungraded', rule: 'Ungraded', value: reply }
    : gradeAgainstKey(reply, key);
};

/** Grades against one key text such as `b) 2-3 pumps`, for content that names no other options. */
export const gradeAgainstKey = (reply: string, key: string): Verdict =>
  reply.trim().toLowerCase() === key.trim().toLowerCase()
    ? { verdict: 'right', rule: 'Exact' }
    : { verdict: 'wrong', rule: 'NoMatch' };

/** The answer to reveal, such as `b) for 20 seconds`; nothing where nothing is graded. */
export const correctAnswerOf = (prompt: Prompt, language: Language): string | undefined => {
  const option = prompt.options?.find(({ id }) => id === prompt.key);
  const texts = option?.text;
  if (option) return `${option.id}) ${texts?.[language] ?? Object.values(texts ?? {})[0]}`;
  const answers = prompt.answers?.[language] ?? Object.values(prompt.answers ?? {})[0];
  return answers?.[0];
};
