import type { DialogCommand, Phone } from '@stopcovid/contracts';
import type { Slowness } from '../invariants';

/** Something that was slow from one moment to another (milliseconds since 1970), and the phones that needed it. */
export type SlowWindow = {
  readonly what: string;
  readonly from: number;
  readonly to: number;
  readonly boundMs: number;
  readonly needing: ReadonlySet<Phone>;
};

/** The texts that came in meanwhile and needed nothing of it. */
export const slownessOf = (
  { what, from, to, boundMs, needing }: SlowWindow,
  accepted: readonly DialogCommand[],
): Slowness => ({
  what,
  boundMs,
  beside: accepted
    .filter(({ phone }) => !needing.has(phone))
    .map(({ commandId, at }) => ({ commandId, at: Date.parse(at) }))
    .filter(({ at }) => at >= from && at <= to),
});
