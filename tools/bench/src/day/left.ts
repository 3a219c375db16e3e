import { deadLetterTopic, topics } from '@stopcovid/contracts';
import { groupLags, topicOffsets } from '@stopcovid/kafka';
import { withDatabase } from './enrol';
import type { DaySystem } from './system';

/** What a day has left to do, by what it is; all 0 when nothing is. */
export type Left = Readonly<
  Record<'lag' | 'outboxes' | 'held' | 'due' | 'waiting phones' | 'dead letters', number>
>;

const all = [topics.dialogCommands, topics.dialogEvents, topics.smsLog];

const lagOf = async ({ direct: { kafka } }: DaySystem): Promise<number> => {
  const lags = (await Promise.all(all.map((topic) => groupLags(kafka, topic)))).flat();
  return lags.reduce((sum, { lag }) => sum + Number(lag), 0);
};

const deadOf = async ({ direct: { kafka } }: DaySystem): Promise<number> => {
  const ends = await Promise.all(all.map((topic) => topicOffsets(kafka, deadLetterTopic(topic))));
  return ends.flat().reduce((sum, { end }) => sum + Number(end), 0);
};

type Database = Parameters<Parameters<typeof withDatabase<unknown>>[1]>[0];

const manyIn = async (connection: Database, collections: readonly string[]): Promise<number> => {
  const counts = collections.map((name) => connection.collection(name).countDocuments());
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
};

const waitersOf = ['sender_waiting_phones', 'tracker_waiting_phones'];

/** Looks at everything that waits for something. */
export const leftOf = async (system: DaySystem): Promise<Left> =>
  withDatabase(system, async (connection) => ({
    lag: await lagOf(system),
    outboxes: await connection.collection('outboxes').countDocuments({ nextAt: { $ne: null } }),
    held: await connection.collection('held_commands').countDocuments(),
    due: await connection.collection('schedule').countDocuments({ nextAt: { $lte: Date.now() } }),
    'waiting phones': await manyIn(connection, waitersOf),
    'dead letters': await deadOf(system),
  }));
