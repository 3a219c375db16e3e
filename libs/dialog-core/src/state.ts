import type {
  DrillHash,
  DrillRunId,
  DrillSlug,
  Language,
  PlannedRepeat,
  PromptSlug,
  Timestamp,
  Trainee,
} from '@stopcovid/contracts';
import { english } from './languages/names';

/** A drill in progress. `right` of `graded` questions so far were answered rightly. */
export type Run = {
  readonly runId: DrillRunId;
  readonly drill: DrillSlug;
  readonly revision: DrillHash;
  readonly right: number;
  readonly graded: number;
  /** Prompts of earlier drills that come first: the one that is open or comes next, and those after it. */
  readonly repeats?: readonly PlannedRepeat[];
  /** It ends with the last of them: there is nothing of a drill's own to be asked. */
  readonly repeatsOnly?: true;
  /** No drill of the course was left after it when it began. */
  readonly last?: true;
};

/** Where the conversation stands. `BetweenPrompts` only exists inside a batch, between an answer and what follows it. */
export type Conversation =
  | { readonly status: 'Idle' }
  | {
      readonly status: 'AwaitingReply';
      readonly run: Run;
      readonly prompt: PromptSlug;
      readonly failures: number;
      readonly reminded: boolean;
      /** How many replies to it were unclear, if any. */
      readonly unclear?: number;
      /** Which reminder was the last, since the question was put or a reply to it was judged. */
      readonly rung?: number;
    }
  | { readonly status: 'BetweenPrompts'; readonly run: Run };

/** A conversation with an open question. */
export type AwaitingReply = Extract<Conversation, { status: 'AwaitingReply' }>;

/** The question at which an opt-out cut a run off, and when. */
export type Stopped = { readonly run: Run; readonly prompt: PromptSlug; readonly at: Timestamp };

/** All that the engine remembers of one phone. Its size does not grow with history. */
export type DialogState = {
  readonly stateVersion: 1;
  readonly trainee: Trainee;
  readonly conversation: Conversation;
  /** We have asked whether we are to stop; the next text answers that. */
  readonly optOutQuestioned?: true;
  /** That question was answered by an opt-out; a yes that still comes answers it once more, and opts nobody in. */
  readonly optOutAnswered?: true;
  /** While the trainee is opted out: where they were. */
  readonly stopped?: Stopped;
};

const idle: Conversation = { status: 'Idle' };
const unknownPhone: DialogState = {
  stateVersion: 1,
  trainee: {
    registration: null,
    optedOut: false,
    profile: { language: english, answers: {} },
    account: {},
  },
  conversation: idle,
};

/** A phone that was never heard of: unregistered, not opted out, English until it says otherwise, no drill. */
export const initialState = (): DialogState => unknownPhone;

/** The run in progress, if there is one. */
export const runOf = ({ conversation }: DialogState): Run | undefined =>
  conversation.status === 'Idle' ? undefined : conversation.run;

/** The language that the trainee reads. */
export const languageIn = (state: DialogState): Language => state.trainee.profile.language;

/** Whether an employer is known. People without one may register with another code. A blank name is nobody's. */
export const hasEmployer = ({ trainee: { account } }: DialogState): boolean =>
  [account.employerId, account.employerName].some((given = '') => given.trim() !== '');

/** The same phone with no drill in progress. */
export const withoutRun = (state: DialogState): DialogState => ({ ...state, conversation: idle });
