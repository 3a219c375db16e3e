export type Options = {
  /** How many trainees stand on the topic. */
  readonly dialogs: number;
  /** How many batches each of them has. */
  readonly batches: number;
};
