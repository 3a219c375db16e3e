import type { DialogEvent, DrillContent, Event, Language, Prompt } from '@stopcovid/contracts';
import { isGraded, spokenLanguage } from './prompts';
import { judgeReply, type Judged } from './stored-value';
import { isUnclear } from './unclear-reply';

/** What a reply came to; `answered` where no answer is right or wrong. */
export type ReplyOutcome = 'right' | 'wrong' | 'unclear' | 'answered';

export type JudgedReply = { readonly outcome: ReplyOutcome; readonly rule: Judged['rule'] };

/** What a reply to a prompt comes to now, said by somebody who reads that language. */
export const judgeReplyAgain = (
  prompt: Prompt,
  content: DrillContent,
  { language, text }: { readonly language: Language; readonly text: string },
): JudgedReply => {
  const judged = judgeReply(prompt, spokenLanguage(content, language), text);
  return { outcome: outcomeNow(prompt, judged), rule: judged.rule };
};

const outcomeNow = (prompt: Prompt, judged: Judged): ReplyOutcome => {
  if (isUnclear(prompt, judged)) return 'unclear';
  if (!isGraded(prompt)) return 'answered';
  return judged.verdict === 'right' ? 'right' : 'wrong';
};

/** An event that says what a reply came to. */
export type ReplyEvent = Event<'PromptCompleted'> | Event<'PromptFailed'> | Event<'ReplyUnclear'>;

export const isReplyEvent = (event: DialogEvent): event is ReplyEvent =>
  event.type === 'PromptCompleted' || event.type === 'PromptFailed' || event.type === 'ReplyUnclear';

/** What a reply came to when it was given. */
export const recordedOutcome = (event: ReplyEvent): ReplyOutcome => {
  switch (event.type) {
    case 'PromptCompleted':
      return event.correct === true ? 'right' : 'answered';
    case 'PromptFailed':
      return event.asks !== undefined || event.graded === false ? 'unclear' : 'wrong';
    case 'ReplyUnclear':
      return 'unclear';
  }
};
