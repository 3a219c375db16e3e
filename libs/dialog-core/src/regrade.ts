import type { Command, DialogEvent } from '@stopcovid/contracts';
import type { Facts } from './facts';
import { mayBeHandedOn } from './hold-back';
import type { DialogState } from './state';

/**
 * Puts a ruling on record, of whoever has ever registered. The drill may be long over, and who asks has read its replies,
 * so nothing is looked up. The conversation stays where it is, also at the very question: what comes next has been said
 * already, and nobody is led from one question to another by what they did not text. Who opted out or is paused is not told.
 */
export const regrade = (
  state: DialogState,
  command: Command<'RegradeReply'>,
  { at }: Facts,
): readonly DialogEvent[] => {
  if (state.trainee.registration === null) return [];
  const { runId, drill, prompt, reply, attempt, response, was, now, withdrawn, ruling, delivery } = command;
  const told = delivery !== undefined && mayBeHandedOn(state, { delivery }, at);
  return [
    {
      type: 'ReplyRegraded',
      ...{ runId, drill, prompt, reply, response, was, now, ruling },
      ...(attempt !== undefined && { attempt }),
      ...(withdrawn && { withdrawn }),
      ...(told && { delivery }),
    },
  ];
};
