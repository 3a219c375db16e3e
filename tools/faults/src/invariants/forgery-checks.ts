import type { History, Violation } from './history';

/** I12: no topic has anything of a phone that only unsigned requests named. */
export const nothingForgedGotIn = (history: History): readonly Violation[] =>
  [...history.commands, ...history.events, ...history.smsLog, ...history.deadLetters]
    .filter(({ key }) => key !== null && history.forged.has(key))
    .map(({ topic, partition, offset }) => ({
      invariant: 'I12',
      detail: `${topic}/${partition}/${offset} came in without a signature`,
    }));
