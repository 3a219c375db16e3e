import { z } from 'zod';
import { askAgain, type Question } from './ask-again';

/** Whether the sender has room for what schedules start. */
export interface SenderPressure {
  /** May one more start go out? It answers from memory, and takes a place where it says yes. */
  takesOneMore(): boolean;
  close(): void;
}

/** The sender has room for everything, or is not asked. */
export const noPressure: SenderPressure = { takesOneMore: () => true, close: () => undefined };

/** Phones that wait, counted up to the limit; a limit of 0 is none. */
const answer = z.object({ pressed: z.boolean(), waiting: z.int().min(0), limit: z.int().min(0) });
type Answer = z.infer<typeof answer>;

/** How the sender is asked. */
export type AskedPressure = Pick<Question<unknown>, 'url' | 'key' | 'everyMs' | 'onFailed'> & {
  readonly onAnswer: (answer: Answer) => void;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
};

/** For how long an answer is believed. */
export const believedMs = 60_000;

const roomIn = ({ pressed, waiting, limit }: Answer): number => {
  if (pressed) return 0;
  return limit === 0 ? Infinity : Math.max(0, limit - waiting);
};

/**
 * Asks for `{"pressed": …, "waiting": …, "limit": …}`. Between two answers it lets no more starts go than there was room
 * for: a schedule's commands come all at once, and thousands are decided before the sender has counted them. An answer
 * that has become old holds nothing back: schedules must not stand still because a service is away.
 */
export const askedPressure = ({ now, ...asked }: AskedPressure): SenderPressure => {
  let heard = { room: Infinity, at: -Infinity };
  const asking = askAgain({
    ...asked,
    service: 'the sender',
    answer,
    onAnswer: (said) => {
      heard = { room: roomIn(said), at: now() };
      asked.onAnswer(said);
    },
  });
  const takesOneMore = (): boolean => {
    if (now() - heard.at > believedMs) return true;
    if (heard.room < 1) return false;
    heard = { ...heard, room: heard.room - 1 };
    return true;
  };
  return { takesOneMore, close: () => asking.close() };
};
