import type { InMemoryLog } from '@stopcovid/kafka';
import { pause, within, type WallClock } from '@stopcovid/runtime';
import type { OutboxStore } from '@stopcovid/sms-sender';

const lookEveryMs = 20;
/* A text that is tried again, or a phone that waits for a missing batch, holds nobody's day up. */
const longestMs = 5_000;
/* What is held for hours that are further off does not leave before the clock goes on. */
const soonMs = 60_000;

type Places = {
  readonly log: InMemoryLog;
  readonly outboxes: Pick<OutboxStore, 'waiting'>;
  readonly clock: WallClock;
};

/** Resolves when every record is handled and no text of a schedule waits to leave, or after five seconds. */
export const settled = async ({ log, outboxes, clock }: Places): Promise<void> => {
  for (const giveUpAt = Date.now() + longestMs; Date.now() < giveUpAt;) {
    await within(
      log.drained(),
      (signal) => pause(longestMs, signal),
      () => undefined,
    );
    const soon = { priority: 'later', until: clock.now() + soonMs, most: 1 } as const;
    if ((await outboxes.waiting(soon)) === 0) return;
    await pause(lookEveryMs);
  }
};
