import { topics } from '@stopcovid/contracts';
import { readTopic, type LogRecord } from '@stopcovid/kafka';
import { connectMongo } from '@stopcovid/mongo';
import {
  kafkaEventSource,
  mongoRebuildStore,
  rebuildProgress,
  type PhoneReport,
} from '@stopcovid/progress-tracker';
import type { Scene } from './scene';
import { skippedBy, unexplained, type Reading } from './skipped';
import { silent, type System } from './system';

const mostPasses = 8;
const swap = { late: false, unknown: false };

/** One `dialog rebuild --all --only events --swap`: what it found. */
const pass = async ({ direct }: System): Promise<readonly PhoneReport[]> => {
  const { kafka: connection, mongodbUrl } = direct;
  const mongo = await connectMongo({ url: mongodbUrl, appName: 'faults', logger: silent });
  const reports: PhoneReport[] = [];
  try {
    await rebuildProgress(
      {
        store: mongoRebuildStore(mongo),
        events: await kafkaEventSource({ connection, group: 'progress-tracker' }),
      },
      { swap, onPhone: (report) => void reports.push(report) },
    );
    return reports;
  } finally {
    await mongo.close();
  }
};

const eventsOf = async ({ direct }: System): Promise<readonly LogRecord[]> => {
  const records: LogRecord[] = [];
  await readTopic(direct.kafka, { topic: topics.dialogEvents }, (batch) => void records.push(...batch));
  return records;
};

/** Rebuilds until nothing differs: a phone that is written each time that it is looked at is left for the next pass. */
const untilNothingDiffers = async ({ system, broken }: Scene): Promise<readonly PhoneReport[]> => {
  const found: PhoneReport[] = [];
  for (let count = 0; count < mostPasses; count += 1) {
    const reports = await pass(system);
    if (reports.length === 0) return found;
    found.push(...reports);
  }
  broken.push(`the projections still differ after ${mostPasses} rebuilds`);
  return found;
};

/**
 * What an operator does after an update, while all goes on: projections are rebuilt and swapped. Nothing may differ
 * before but what the earlier release does not read, and nothing at all afterwards.
 */
export const foldAgain = async (scene: Scene, earlier: Reading): Promise<void> => {
  const { system, say, broken } = scene;
  say('rebuilding the projections');
  const found = await untilNothingDiffers(scene);
  const skipped = skippedBy(earlier, await eventsOf(system));
  broken.push(...unexplained(found, earlier, skipped));
  const differing = found.flatMap(({ differences }) => differences.map(({ collection }) => collection));
  const counts = [...new Set(differing)].map(
    (collection) => `${differing.filter((each) => each === collection).length} of ${collection}`,
  );
  say(
    `replaced: ${counts.join(', ') || 'nothing'}; the last release skips events of ${skipped.size} runs and phones`,
  );
};
