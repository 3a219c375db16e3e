import type { DrillSlug, Event, PromptSlug } from '@stopcovid/contracts';

/** An event that says how a reply was judged. */
export type Judged = Event<'PromptCompleted'> | Event<'PromptFailed'> | Event<'ReplyUnclear'>;

/**
 * What a reply was taken for. Where no answer is right it was `stored`, or could not be (`refused`); neither counts in
 * any score.
 */
export const verdicts = ['right', 'wrong', 'unclear', 'stored', 'refused'] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * One reply to a prompt, and how it was read. `attempt` counts from 1; an unclear reply is none, and has none. `afterMs`
 * is how long after the prompt was put it came; `reminded` says whether a reminder came in between, `repeatOf` which
 * earlier drill the prompt is of, where it was asked again.
 */
export type JudgedReply = {
  readonly prompt: PromptSlug;
  readonly at: Date;
  readonly response: string | null;
  readonly verdict: Verdict;
  readonly rule: string;
  readonly attempt?: number;
  readonly option?: string;
  readonly afterMs?: number;
  readonly reminded?: true;
  readonly repeatOf?: DrillSlug;
  /** What it was taken for before a person ruled on it; `verdict` is what they ruled. */
  readonly judged?: Verdict;
  /** The last ruling on it, also where that took an earlier one back. */
  readonly ruling?: Event<'ReplyRegraded'>['ruling'];
  /** Where on a scale it is, if the prompt asks for that. */
  readonly rating?: NonNullable<Event<'PromptCompleted'>['rating']>;
};

const verdictOf = (event: Judged): Verdict => {
  switch (event.type) {
    case 'ReplyUnclear':
      return 'unclear';
    case 'PromptCompleted':
      return event.correct ? 'right' : 'stored';
    case 'PromptFailed':
      return event.graded === false ? 'refused' : 'wrong';
  }
};

const attemptIn = (event: Judged): Pick<JudgedReply, 'attempt' | 'option'> => {
  if (event.type === 'ReplyUnclear') return {};
  const { attempt, option } = event;
  return { attempt, ...(option === undefined ? {} : { option }) };
};

type Asked = { readonly askedAt: Date; readonly remindedAt?: Date };

const askedBefore = (asked: Asked | undefined, at: Date): Pick<JudgedReply, 'afterMs' | 'reminded'> => {
  if (asked === undefined) return {};
  const afterMs = Math.max(0, at.getTime() - asked.askedAt.getTime());
  return { afterMs, ...(asked.remindedAt === undefined ? {} : { reminded: true }) };
};

/** The reply that an event judged; `asked` is the prompt as it was put, where that is known. */
export const judgedReply = (event: Judged, at: Date, asked: Asked | undefined): JudgedReply => ({
  prompt: event.prompt,
  at,
  response: event.response,
  verdict: verdictOf(event),
  rule: event.rule,
  ...attemptIn(event),
  ...askedBefore(asked, at),
  ...(event.repeat === undefined ? {} : { repeatOf: event.repeat.drill }),
  ...(event.type === 'PromptCompleted' && event.rating && { rating: event.rating }),
});

/** What a reply was taken for when it came, whatever a person ruled since. */
export const asJudged = ({ judged, verdict }: Pick<JudgedReply, 'judged' | 'verdict'>): Verdict =>
  judged ?? verdict;

/** Whether a person can rule on a reply: where no answer is right, and on what an earlier drill asked, nobody can. */
export const isRulable = (reply: JudgedReply): boolean =>
  reply.repeatOf === undefined && ['right', 'wrong', 'unclear'].includes(asJudged(reply));

const isLater = (
  { group, number }: Event<'ReplyRegraded'>['ruling'],
  before: JudgedReply['ruling'],
): boolean => before?.group !== group || before.number <= number;

const asItCame = ({ judged: _judged, ...reply }: JudgedReply): Omit<JudgedReply, 'judged'> => reply;

const ruledOn = (reply: JudgedReply, { now, withdrawn, ruling }: Event<'ReplyRegraded'>): JudgedReply => {
  const judged = asJudged(reply);
  const fields = withdrawn ? { verdict: judged } : { verdict: now, judged };
  return { ...asItCame(reply), ...fields, ruling };
};

/** The replies of a run after a ruling on one of them. What it does not fit, and an earlier ruling, changes nothing. */
export const afterRuling = (
  replies: readonly JudgedReply[],
  event: Event<'ReplyRegraded'>,
): readonly JudgedReply[] =>
  replies.map((reply, index) =>
    index === event.reply - 1 &&
    reply.prompt === event.prompt &&
    isRulable(reply) &&
    isLater(event.ruling, reply.ruling)
      ? ruledOn(reply, event)
      : reply,
  );
