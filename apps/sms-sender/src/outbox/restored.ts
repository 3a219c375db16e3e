import type { EventBatch } from '@stopcovid/contracts';
import { acceptBatch, type Origin } from './accept-batch';
import { doubted } from './doubted';
import { emptyOutbox, rememberSid, withoutItems, type Outbox } from './outbox';

/** What the message log tells of texts, by their ids: the sid of one that the carrier took, undefined of one that it refused. */
export type Told = ReadonlyMap<string, string | undefined>;

/**
 * An outbox of a restored database, of which nothing goes out before the carrier was asked: what the log has is done with,
 * all else that waits is in doubt.
 */
export const doubtRestored = (outbox: Outbox, told: Told, at: number): Outbox => {
  const logged = outbox.pending.filter(({ id }) => told.has(id));
  const sids = logged.flatMap(({ id }) => told.get(id) ?? []);
  const left = withoutItems(outbox, new Set(logged.map(({ id }) => id)));
  const pending = left.pending.map(doubted);
  return { ...sids.reduce(rememberSid, left), pending, notBefore: Math.max(left.notBefore, at) };
};

/** The outbox once it is known that all texts up to this version may have gone out: taken in, they are in doubt. */
export const doubtUpTo = (outbox: Outbox, version: number): Outbox => ({
  ...outbox,
  doubtfulTo: Math.max(version, outbox.doubtfulTo ?? 0),
});

/** The outbox after a batch whose texts are too old to go out now, whether or not they did then: only its consent counts. */
export const passOver = (outbox: Outbox | undefined, batch: EventBatch, origin: Origin): Outbox =>
  acceptBatch(
    outbox ?? emptyOutbox(batch.phone, origin.partition),
    { batch, texts: [], origin },
    { idOf: () => '', maxPending: Infinity, isFake: () => false },
  );
