import { isBehind, type Standing, type Verdict } from './judge-phone';
import type { Waiting } from './waiting';

const heard = ({ unheard: _unheard, ...waiting }: Waiting): Waiting => waiting;

/** What a phone waits for from now on, with all that is still to be read again. */
const withPassed = (waiting: Waiting, on: Waiting): Waiting => {
  const { passedTo, unheard } = on;
  if (passedTo === undefined || (waiting.passedTo === passedTo && waiting.unheard === unheard))
    return waiting;
  return { ...waiting, passedTo, ...(unheard === undefined ? {} : { unheard }) };
};

/**
 * A phone that can go on stays on record until all that came while it waited was read again, whatever becomes of it on
 * the way: its partition may be lost meanwhile, and what could not be heard may say that its trainee has opted out.
 */
export const untilCaughtUp = ({ on, last, lookedAfter }: Standing, verdict: Verdict): Verdict => {
  if (on?.passedTo === undefined) return verdict;
  if (verdict.kind === 'lookAgain') return { ...verdict, waiting: withPassed(verdict.waiting ?? on, on) };
  if (lookedAfter === undefined || last === undefined) return verdict;
  if (isBehind(on.passedTo, last))
    return { kind: 'catchesUp', waiting: verdict.kind === 'goesOn' ? on : withPassed(verdict.waiting, on) };
  return verdict.kind === 'waits' ? { kind: 'waits', waiting: heard(verdict.waiting) } : verdict;
};
