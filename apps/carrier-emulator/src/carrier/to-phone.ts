import { setTimeout as pause } from 'node:timers/promises';
import type { PhoneFaults, Random } from './faults';
import { stepsOf } from './journey';
import type { Message, OutboundMessage } from './message';
import { StatusTeller } from './status-teller';

export type RoadParts = {
  readonly now: () => Date;
  readonly random: Random;
  /** Puts a later version of a message in place. */
  readonly replace: (message: Message) => void;
  readonly isClosed: () => boolean;
};

export type ToPhoneParts = RoadParts & {
  /** How long a message takes from each status to the next. */
  readonly stepMs: number;
  /** Posts one status callback until it is taken or given up. */
  readonly tellStatus: (message: OutboundMessage) => Promise<void>;
};

/** Moves an accepted message to its phone, status by status, and posts its status callbacks. */
export const carryToPhone = async (
  parts: ToPhoneParts,
  accepted: OutboundMessage,
  faults: PhoneFaults,
): Promise<void> => {
  const teller = new StatusTeller({ random: parts.random, post: parts.tellStatus }, faults);
  let message = accepted;
  for (const { status, error } of stepsOf(accepted, faults, parts.random)) {
    await pause(parts.stepMs, undefined, { ref: false });
    if (parts.isClosed()) return;
    const updatedAt = parts.now();
    message = {
      ...message,
      status,
      updatedAt,
      ...(status === 'sent' ? { sentAt: updatedAt } : {}),
      ...(error ? { error } : {}),
    };
    parts.replace(message);
    teller.tell(message);
  }
  await teller.finish();
};
