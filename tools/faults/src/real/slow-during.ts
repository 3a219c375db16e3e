import type { Phone } from '@stopcovid/contracts';
import { until } from '@stopcovid/runtime';
import { withDatabase } from './database';
import { isTooBusy, patiently } from './patience';
import { wait, type Scene } from './scene';

/** How soon an answer goes out on an idle machine, whatever others wait for. */
export const promptMs = 1_000;

/** Something slow, how long those may wait who need nothing of it on an idle machine, and who does need it. */
type Slow = { readonly what: string; readonly boundMs: number; readonly needing: readonly Phone[] };

/** Where all lags behind, nobody can tell what is slow because of what: waits until no text is late before anything is. */
export const keepsUp = async ({ system }: Scene): Promise<void> => {
  if (isTooBusy()) return;
  await withDatabase(system, (connection) => {
    const outboxes = connection.collection<{ readonly nextAt: number | null }>('outboxes');
    const late = () => ({
      nextAt: { $ne: null, $lt: Date.now() - promptMs / 2 },
    });
    return until(async () => (await outboxes.countDocuments(late())) === 0, {
      what: 'the system keeps up with its load',
      limitMs: patiently(30_000),
    });
  });
};

/** Notes what is slow while this work goes on. */
export const slowDuring = async (
  { slow, unjudged, say }: Scene,
  { what, boundMs, needing }: Slow,
  work: () => Promise<void>,
): Promise<void> => {
  const from = Date.now();
  await work();
  if (isTooBusy()) {
    unjudged.push(what);
    return say(`${what}: not judged, the machine is too busy`);
  }
  const bound = patiently(boundMs);
  slow.push({ what, boundMs: bound, from, to: Date.now(), needing: new Set(needing) });
  /* What came in last has its answer before something else is broken. */
  await wait(bound);
};
