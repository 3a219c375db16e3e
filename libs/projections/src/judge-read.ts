import type { Phone } from '@stopcovid/contracts';
import { earliest } from './earliest';
import type { Arrival, Fold, Known } from './fold';
import { reachedBy, type FoldedPhone } from './fold-phone';
import { untilCaughtUp } from './catch-up';
import { judgePhone, judgeUnreadable, type Standing, type Verdict } from './judge-phone';
import type { Waiting } from './waiting';

/** A phone's document as it was read, and what its batches at hand made of it. */
export type Read<D> = { readonly known: Known<D>; readonly folded: FoldedPhone<D> };

/** What becomes of a phone, beside what was on record of it. */
export type Judged = {
  readonly phone: Phone;
  readonly version: number;
  readonly before: Waiting | undefined;
  readonly verdict: Verdict;
  /** The offset of the first batch at hand that only a later release can read. */
  readonly met?: string;
};

type About = Omit<Standing, 'folded' | 'reached'> & { readonly arrivals: readonly Arrival[] };

/** What becomes of a phone, whether its document can be read or not. */
export const judgeRead = <D>(fold: Fold<D>, { known, folded }: Read<D>, about: About): Judged => {
  const { arrivals, ...standing } = about;
  const { phone, on: before, future } = standing;
  const reached = reachedBy(fold, folded.next);
  const met = future === undefined ? {} : { met: future.position.offset };
  const judged = { phone, version: reached.version, before, ...met };
  if (known.kind !== 'unreadable') {
    const whole = { ...standing, folded, reached };
    return { ...judged, verdict: untilCaughtUp(whole, judgePhone(whole)) };
  }
  const offsets = [...arrivals, ...(future === undefined ? [] : [future])];
  const first = earliest(offsets.map(({ position }) => position.offset)) ?? '0';
  const waiting = judgeUnreadable(standing, { reason: known.reason, first });
  return { ...judged, verdict: { kind: 'waits', waiting } };
};
