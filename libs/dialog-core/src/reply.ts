import type { AskedPrompt, DialogEvent, DrillContent, Event, Language, Prompt } from '@stopcovid/contracts';
import { evolve } from './evolve';
import { drillFact, type Facts } from './facts';
import { correctAnswerOf } from './grading/grade';
import { areOptionsOutOfSight } from './on-screen';
import { plainText } from './plain-text';
import {
  askedPrompt,
  endsUnanswered,
  firstPrompt,
  isGraded,
  nextOf,
  promptOf,
  spokenLanguage,
  type Settled,
} from './prompts';
import { contentAt, nextRepeat, repeatNow, repeatOf } from './repeats';
import { languageIn, runOf, type AwaitingReply, type DialogState } from './state';
import { ratingOf } from './rating';
import { judgeReply, storedOf, type Judged } from './stored-value';
import { askClearly, isUnclear, mostFree, whyUnclear } from './unclear-reply';

type Outcome = Event<'PromptCompleted'> | Event<'PromptFailed'>;
type Reply = { readonly text: string; readonly state: DialogState };
type Question = {
  readonly open: AwaitingReply;
  readonly prompt: Prompt;
  readonly content: DrillContent;
  readonly language: Language;
};

const questionOf = (open: AwaitingReply, state: DialogState, facts: Facts): Question => {
  const content = contentAt(open.run, facts);
  const prompt = promptOf(content, open.prompt);
  if (prompt === undefined) throw new Error(`drill ${content.slug} has no prompt ${open.prompt}`);
  return { open, prompt, content, language: spokenLanguage(content, languageIn(state)) };
};

/** Whether a question takes any words, or this very one, which is plain, in any of its languages. */
export const takesWord = (open: AwaitingReply, word: string, facts: Facts): boolean => {
  const content = contentAt(open.run, facts);
  const prompt = promptOf(content, open.prompt);
  if (prompt === undefined) return true;
  const { options = [], answers, store } = prompt;
  const asksForCertain = isGraded(prompt) || options.length > 0 || (store?.type ?? 'text') !== 'text';
  const accepted = [
    ...options.flatMap(({ text }) => Object.values(text)),
    ...Object.values(answers ?? {}).flat(),
  ];
  return !asksForCertain || accepted.some((each) => plainText(each ?? '') === word);
};

/** Whether a text is an answer that the open question asks for: one of its options, what it stores, or what is right. */
export const isAnswer = (open: AwaitingReply, { text, state }: Reply, facts: Facts): boolean => {
  const { prompt, language } = questionOf(open, state, facts);
  const { verdict } = judgeReply(prompt, language, text);
  if (verdict === 'right') return true;
  const asksForCertain = prompt.options !== undefined || (prompt.store?.type ?? 'text') !== 'text';
  return asksForCertain && verdict === (isGraded(prompt) ? 'wrong' : 'ungraded');
};

/** What a reply to the open question leads to: it is settled or asked for again, and once settled the drill goes on. */
export const answerQuestion = (
  open: AwaitingReply,
  { text, state }: Reply,
  facts: Facts,
): readonly DialogEvent[] => {
  const question = questionOf(open, state, facts);
  const verdict = judgeReply(question.prompt, question.language, text);
  if (isUnclear(question.prompt, verdict) && (open.unclear ?? 0) < mostFree)
    return [unclearReply(question, verdict, text)];
  const outcome = outcomeOf(question, verdict, text);
  if (outcome.type === 'PromptFailed' && !outcome.abandoned) return [outcome];
  const after = evolve(state, outcome, facts);
  return [
    outcome,
    ...(outcome.repeat ? leaveRepeat(after, facts) : goOn(after, question, settledBy(question, verdict))),
  ];
};

/** Where no answer is right none is wrong either: also a question that was given up leads on by `answered`. */
const settledBy = ({ prompt }: Question, { verdict, option }: Judged): Settled => ({
  outcome: verdict === 'ungraded' || !isGraded(prompt) ? 'answered' : verdict === 'right' ? 'right' : 'wrong',
  ...(option !== undefined && { option }),
});

const replyTo = ({ open, prompt }: Question, { rule }: Judged, text: string) => ({
  runId: open.run.runId,
  drill: open.run.drill,
  prompt: prompt.slug,
  response: text.trim() === '' ? null : text,
  rule,
  ...repeatNow(open.run),
});

const unclearReply = (question: Question, verdict: Judged, text: string): Event<'ReplyUnclear'> => ({
  type: 'ReplyUnclear',
  ...replyTo(question, verdict, text),
  why: whyUnclear(verdict),
  count: (question.open.unclear ?? 0) + 1,
  asks: askClearly(question.content, question.prompt, question.language),
});

/** What is unclear once too often costs an attempt, as what is wrong does. */
const isFailedAttempt = ({ verdict }: Judged): boolean => verdict === 'wrong' || verdict === 'unclear';

const outcomeOf = (question: Question, verdict: Judged, text: string): Outcome => {
  const { open, prompt } = question;
  const common = {
    ...replyTo(question, verdict, text),
    attempt: open.failures + 1,
    ...(verdict.option !== undefined && { option: verdict.option }),
  };
  if (isFailedAttempt(verdict)) return { type: 'PromptFailed', ...common, ...failure(question, verdict) };
  const stored = storedOf(prompt, verdict, text);
  const rating = ratingOf(prompt, verdict.option);
  return {
    type: 'PromptCompleted',
    ...common,
    ...(verdict.verdict === 'right' && { correct: true as const }),
    ...(stored !== undefined && { stored }),
    ...(rating !== undefined && { rating }),
  };
};

type Failure = Pick<Event<'PromptFailed'>, 'abandoned' | 'graded' | 'correctAnswer' | 'asks' | 'again'>;

const failure = ({ open, prompt, language, content }: Question, verdict: Judged): Failure => {
  const graded = isGraded(prompt) ? {} : { graded: false as const };
  if (open.failures + 1 < prompt.maxAttempts) {
    const said = isUnclear(prompt, verdict)
      ? { asks: askClearly(content, prompt, language) }
      : outOfSight(askedPrompt(content, prompt.slug, language), open.failures);
    return { abandoned: false, ...graded, ...said };
  }
  const correctAnswer = correctAnswerOf(prompt, language);
  return { abandoned: true, ...graded, ...(correctAnswer !== undefined && { correctAnswer }) };
};

const outOfSight = (asked: AskedPrompt, failures: number): Pick<Failure, 'again'> =>
  areOptionsOutOfSight(asked, failures) ? { again: asked } : {};

/**
 * After a repeat comes the next one, and after the last the first prompt of the drill, which waits whatever it is. A run of
 * repeats alone ends there, without a score.
 */
const leaveRepeat = (state: DialogState, facts: Facts): readonly DialogEvent[] => {
  const run = runOf(state);
  if (run === undefined) return [];
  const { runId, drill } = run;
  const next = nextRepeat(run, facts);
  if (next === undefined && run.repeatsOnly)
    return [
      { type: 'DrillCompleted', runId, drill, right: 0, graded: 0, autoContinue: false, repeatsOnly: true },
    ];
  const asked =
    next === undefined
      ? { prompt: firstPrompt(drillFact(facts).content, languageIn(state)) }
      : {
          prompt: askedPrompt(next.content, next.repeat.prompt, languageIn(state)),
          ...repeatOf(next.repeat),
        };
  return [{ type: 'PromptAdvanced', runId, drill, ...asked }];
};

/** Asks what comes next, in the language and for the run as they are now; or ends the drill. */
const goOn = (
  state: DialogState,
  { content, prompt }: Question,
  settled: Settled,
): readonly DialogEvent[] => {
  const run = runOf(state);
  if (run === undefined) return [];
  const { runId, drill, right, graded, last } = run;
  const end: DialogEvent = {
    type: 'DrillCompleted',
    runId,
    drill,
    right,
    graded,
    autoContinue: content.autoContinue,
    ...(last && { last }),
    ...(content.ending === 'quiet' && { quiet: true }),
  };
  const next = nextOf(content, prompt, settled);
  if (next === undefined) return [end];
  const asked = askedPrompt(content, next.slug, languageIn(state));
  const ask: DialogEvent = { type: 'PromptAdvanced', runId, drill, prompt: asked };
  return endsUnanswered(content, next) ? [ask, end] : [ask];
};
