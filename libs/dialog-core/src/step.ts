import type { DialogCommand, DialogEvent, EventBatch, Timestamp } from '@stopcovid/contracts';
import { decide } from './decide';
import { evolve } from './evolve';
import type { Facts } from './facts';
import type { DialogState } from './state';

/** What a command led to, and the state after it. */
export type Step = { readonly events: readonly DialogEvent[]; readonly state: DialogState };

/** Decides a command and folds what it led to: the one place where both are joined. Throws as `decide` does. */
export const step = (state: DialogState, command: DialogCommand, facts: Facts): Step => {
  const events = decide(state, command, facts);
  let after = state;
  for (const event of events) after = evolve(after, event, facts);
  return { events, state: after };
};

/** What surrounds a step on the wire. `version` is the phone's previous one plus 1. */
export type Recorded = Step & {
  readonly command: DialogCommand;
  readonly version: number;
  readonly at: Timestamp;
};

/** The record of a command, without events too: that nothing came of it is worth knowing when it is delivered again. */
export const toBatch = ({ command, version, at, events, state }: Recorded): EventBatch => ({
  type: 'EventBatch',
  schemaVersion: 1,
  phone: command.phone,
  at,
  version,
  commandId: command.commandId,
  commandType: command.type,
  trainee: state.trainee,
  events,
});
