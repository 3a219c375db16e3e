import { isBehind, type Standing, type Verdict } from './judge-phone';
import type { Waiting } from './waiting';

const withoutPassed = ({ passedTo: _passed, ...waiting }: Waiting): Waiting => waiting;

const withPassed = (waiting: Waiting, passedTo: string): Waiting =>
  waiting.passedTo === passedTo ? waiting : { ...waiting, passedTo };

/**
 * A phone whose document could not be read stays on record until all that came meanwhile was read again, whatever else
 * becomes of it: until then nobody knows what those batches say, an opt-out perhaps.
 */
export const untilCaughtUp = ({ on, last, lookedAfter }: Standing, verdict: Verdict): Verdict => {
  if (on?.passedTo === undefined) return verdict;
  const { passedTo } = on;
  if (verdict.kind === 'lookAgain')
    return { ...verdict, waiting: withPassed(verdict.waiting ?? on, passedTo) };
  const isThere = lookedAfter !== undefined && last !== undefined && !isBehind(passedTo, last);
  if (!isThere)
    return {
      kind: 'catchesUp',
      waiting: verdict.kind === 'goesOn' ? on : withPassed(verdict.waiting, passedTo),
    };
  return verdict.kind === 'waits' ? { kind: 'waits', waiting: withoutPassed(verdict.waiting) } : verdict;
};
