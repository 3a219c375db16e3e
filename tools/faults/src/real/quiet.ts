import { setTimeout as pause } from 'node:timers/promises';
import { connectMongo } from '@stopcovid/mongo';
import { lagOf } from './progress';
import { silent, type System } from './system';
import { takeSample } from './watch';

/** How long nothing may have happened before the system counts as quiet. */
const quietMs = 1_500;

type Restlessness = { readonly lag: bigint; readonly unsent: number; readonly marks: string };

const isBusy = ({ lag, unsent }: Restlessness): boolean => lag > 0n || unsent > 0;

/** Waits until all groups are at their ends, all outboxes are empty, and nothing changes any more. Rejects at the limit. */
export const untilQuiet = async (system: Pick<System, 'direct'>, limitMs: number): Promise<void> => {
  const { kafka, mongodbUrl } = system.direct;
  const connection = await connectMongo({ url: mongodbUrl, appName: 'faults', logger: silent });
  const outboxes = connection.collection('outboxes');
  const look = async (): Promise<Restlessness> => {
    const sample = await takeSample(kafka);
    const unsent = await outboxes.countDocuments({ nextAt: { $ne: null } });
    const marks = sample.stands.map(({ place, end }) => `${place}=${end}`).join();
    return { lag: lagOf(sample), unsent, marks };
  };
  const until = Date.now() + limitMs;
  let last = await look();
  let quietSince = Date.now();
  try {
    while (isBusy(last) || Date.now() - quietSince < quietMs) {
      if (Date.now() > until)
        throw new Error(
          `not quiet after ${limitMs / 1_000} s: ${last.lag} records unread, ${last.unsent} phones with unsent texts`,
        );
      await pause(200);
      const now = await look();
      if (isBusy(now) || now.marks !== last.marks) quietSince = Date.now();
      last = now;
    }
  } finally {
    await connection.close();
  }
};
