import type { Address } from '../carrier/message';

/** What the service holds of the person behind a phone. */
export type TraineeNow = {
  readonly optedOut: boolean;
  /** When the prompt was put that awaits their reply; `null` when none does. */
  readonly askedAt: string | null;
};

/** Asks the service; `undefined` for a phone that it never heard of. Rejects when it does not answer. */
export type AskTrainee = (phone: Address) => Promise<TraineeNow | undefined>;
