import { given } from '../given';
import type { DrillRun } from './drill-run';
import { asJudged, type JudgedReply } from './judged-reply';

/** What of a reply a score follows from. */
export type ScoredReply = Pick<JudgedReply, 'prompt' | 'verdict' | 'judged' | 'repeatOf'>;

/** What of a run its score follows from. */
export type ScoredRun = Pick<DrillRun, 'status' | 'right' | 'passMark'> & {
  readonly replies?: readonly ScoredReply[];
};

/** So many graded prompts right at the first attempt, of so many that were answered. */
export type Score = { readonly right: number; readonly of: number };

/**
 * The score of a run over the prompts of its own drill, each by its first judged reply, however often it was put. What is
 * stored or refused is not graded, and what is unclear is no attempt. Undefined for a run from before replies were kept.
 */
export const scoreOf = ({ replies }: Pick<ScoredRun, 'replies'>): Score | undefined => {
  if (replies === undefined) return undefined;
  const firsts = new Map<string, boolean>();
  for (const { prompt, verdict, repeatOf } of replies)
    if (repeatOf === undefined && (verdict === 'right' || verdict === 'wrong') && !firsts.has(prompt))
      firsts.set(prompt, verdict === 'right');
  return { right: [...firsts.values()].filter(Boolean).length, of: firsts.size };
};

/**
 * How many graded prompts were right in the end: as the run said when it was completed, and as people ruled since.
 * Undefined for a run that was not completed.
 */
export const rightIn = ({
  right,
  replies = [],
}: Pick<ScoredRun, 'right' | 'replies'>): number | undefined => {
  if (right === undefined) return undefined;
  const promptsThat = (are: (reply: ScoredReply) => boolean): number =>
    new Set(replies.filter((reply) => reply.repeatOf === undefined && are(reply)).map(({ prompt }) => prompt))
      .size;
  const ruled = promptsThat(({ verdict }) => verdict === 'right');
  return right + ruled - promptsThat((reply) => asJudged(reply) === 'right');
};

/** The score of all of them together. */
export const addScores = (scores: readonly Score[]): Score => ({
  right: scores.reduce((sum, { right }) => sum + right, 0),
  of: scores.reduce((sum, { of }) => sum + of, 0),
});

/** Whether so much was right that it is enough. Where nothing was graded it is not. `passMark` is in percent. */
export const isEnough = ({ right, of }: Score, passMark: number): boolean =>
  of > 0 && right * 100 >= passMark * of;

/* Nobody knows without a score. */
const passedBy = ({ status, passMark }: ScoredRun, score: Score | undefined): boolean | undefined =>
  status === 'running' || passMark === undefined || score === undefined
    ? undefined
    : status === 'completed' && isEnough(score, passMark);

/**
 * Whether a run that has ended was passed, by the pass mark that its revision had when it began. Undefined while it goes
 * on, without a pass mark, and where nobody knows: in a run from before these were kept.
 */
export const passedIn = (run: ScoredRun): boolean | undefined => passedBy(run, scoreOf(run));

/** What lists tell of a run that follows from its replies: its score, how many were right in the end, and whether it was passed. */
export type RunScores = { readonly score?: Score; readonly right?: number; readonly passed?: boolean };

/** What the replies of a run come to. */
export const scoresOf = (run: ScoredRun): RunScores => {
  const score = scoreOf(run);
  return given({ score, right: rightIn(run), passed: passedBy(run, score) });
};
