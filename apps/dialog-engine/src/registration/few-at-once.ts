import { withinMs } from '@stopcovid/runtime';

type Question<T> = { readonly answer: Promise<T>; askers: number };

/** An answer did not come in the time that there was for it. */
export class NotInTime extends Error {
  override readonly name = 'NotInTime';
}

/**
 * Asks at most so many questions at once, the others in order, and one question once, however many wait for it. Who
 * waits is let go after `waitMs`; a question that nobody waits for any more when its turn comes is not asked.
 */
export const fewAtOnce = <T>(
  most: number,
  ask: (key: string) => Promise<T>,
): ((key: string, waitMs: number) => Promise<T>) => {
  const questions = new Map<string, Question<T>>();
  const inTurn = atMost(most);
  const open = (key: string): Question<T> => {
    const answer = inTurn(() => {
      if (question.askers > 0) return ask(key);
      throw new NotInTime('nobody waits for the answer');
    }).finally(() => questions.delete(key));
    /* When it fails late, nobody may be there to hear of it. */
    answer.catch(() => undefined);
    const question = { answer, askers: 0 };
    questions.set(key, question);
    return question;
  };
  return async (key, waitMs) => {
    const question = questions.get(key) ?? open(key);
    question.askers += 1;
    try {
      return await withinMs(question.answer, waitMs, late);
    } finally {
      question.askers -= 1;
    }
  };
};

const late = (): never => {
  throw new NotInTime('the answer did not come in time');
};

/** Lets so many pieces of work go on at once; the others wait for their turn, in order. */
const atMost = (most: number): (<T>(work: () => Promise<T>) => Promise<T>) => {
  const waiting: (() => void)[] = [];
  let busy = 0;
  return async (work) => {
    if (busy >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
    /* Who asks is counted only after asking. */
    await Promise.resolve();
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  };
};
