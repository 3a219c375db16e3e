import type { DrillHash, DrillRunId, DrillSlug, PromptSlug, Trainee } from '@stopcovid/contracts';

/** A drill in progress. `right` of `graded` questions so far were answered rightly. */
export type Run = {
  readonly runId: DrillRunId;
  readonly drill: DrillSlug;
  readonly revision: DrillHash;
  readonly right: number;
  readonly graded: number;
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
    }
  | { readonly status: 'BetweenPrompts'; readonly run: Run };

/** All that the engine remembers of one phone. Its size does not grow with history. */
export type DialogState = {
  readonly stateVersion: 1;
  readonly trainee: Trainee;
  readonly conversation: Conversation;
};
