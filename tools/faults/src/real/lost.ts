import {
  decodeBatch,
  decodeCommand,
  decodeKeyed,
  topics,
  type CommandId,
  type DialogCommand,
  type EventBatch,
} from '@stopcovid/contracts';
import { readTopic, type LogRecord } from '@stopcovid/kafka';
import { listedBy } from './carrier';
import { carrierOf } from './collect';
import { textsOf } from './leftovers';
import { patiently } from './patience';
import { wait, type Scene } from './scene';

/** What stands on the topics of commands and of batches. */
export type Topics = { readonly commands: readonly LogRecord[]; readonly batches: readonly EventBatch[] };

const recordsOf = async ({ system }: Scene, topic: string): Promise<readonly LogRecord[]> => {
  const records: LogRecord[] = [];
  await readTopic(system.direct.kafka, { topic }, (some) => void records.push(...some));
  return records;
};

const batchesOf = async (scene: Scene): Promise<readonly EventBatch[]> =>
  (await recordsOf(scene, topics.dialogEvents)).flatMap((record) => {
    const read = decodeKeyed(record, decodeBatch);
    return read.ok ? [read.value] : [];
  });

/** Reads both: what a drill knows of a Kafka that it is about to lose, and nobody else. */
export const topicsNow = async (scene: Scene): Promise<Topics> => ({
  commands: await recordsOf(scene, topics.dialogCommands),
  batches: await batchesOf(scene),
});

/** Holds all that the topics have against the run, whatever becomes of them. */
export const keepInMind = async (scene: Scene): Promise<void> => {
  scene.earlier.commands.push(...(await recordsOf(scene, topics.dialogCommands)));
  scene.earlier.events.push(...(await recordsOf(scene, topics.dialogEvents)));
  scene.earlier.smsLog.push(...(await recordsOf(scene, topics.smsLog)));
};

/** What was on the topics when they were lost and is in no copy. Times are milliseconds since 1970. */
export type Lost = {
  readonly copiedAt: number;
  readonly lostAt: number;
  readonly batches: number;
  /** Those of the lost batches, and those that nobody had decided on yet. */
  readonly commands: readonly DialogCommand[];
  /** Texts that went out of lost batches. */
  readonly texts: number;
};

const commandOf = (record: LogRecord): readonly DialogCommand[] => {
  const read = decodeKeyed<DialogCommand>(record, decodeCommand);
  return read.ok ? [read.value] : [];
};

const idsOf = (batches: readonly EventBatch[]): ReadonlySet<CommandId> =>
  new Set(batches.map(({ commandId }) => commandId));

/** Texts that went out by now of which no batch tells. */
const untoldOf = async ({ system }: Scene, batches: readonly EventBatch[]): Promise<readonly string[]> => {
  const told = new Set(batches.flatMap(textsOf(system.authToken)).map(({ messageId }) => messageId));
  const accepted = await carrierOf(system.emulator.url);
  return accepted.filter(({ messageId }) => !told.has(messageId)).map(({ sid }) => sid);
};

/**
 * Compares the topics as they were with those that came back, before any service runs, and has the run judge by it: a
 * command whose batch is lost is owed its effect only where the carrier lists it, and what was said of it may be said again.
 */
export const lostSince = async (
  scene: Scene,
  { before, ...times }: Pick<Lost, 'copiedAt' | 'lostAt'> & { readonly before: Topics },
): Promise<Lost> => {
  const kept = await batchesOf(scene);
  const ids = idsOf(kept);
  const isKept = (record: LogRecord): boolean =>
    commandOf(record).every(({ commandId }) => ids.has(commandId));
  scene.earlier.commands.push(...before.commands.filter(isKept));
  const untold = await untoldOf(scene, kept);
  for (const sid of untold) scene.forgotten.add(sid);
  const commands = before.commands.filter((record) => !isKept(record)).flatMap(commandOf);
  const batches = [...idsOf(before.batches)].filter((id) => !ids.has(id)).length;
  if (batches === 0)
    scene.broken.push('no batch was lost with the topics: nothing is known of what comes back');
  return { ...times, batches, commands, texts: untold.length };
};

const listedIds = async ({ system }: Scene): Promise<readonly CommandId[]> =>
  (await listedBy(system)).map(({ sid }) => sid);

/** Waits until all that the carrier lists now is decided on; answers which commands are. Rejects at the limit. */
const untilDecided = async (scene: Scene, limitMs: number): Promise<ReadonlySet<CommandId>> => {
  const until = Date.now() + limitMs;
  const listed = await listedIds(scene);
  for (;;) {
    const decided = idsOf(await batchesOf(scene));
    const owed = listed.filter((id) => !decided.has(id)).length;
    if (owed === 0) return decided;
    if (Date.now() > until) throw new Error(`${owed} texts of the carrier's list did not come back`);
    await wait(500);
  }
};

const secondsBetween = (from: number, to: number): string => ((to - from) / 1_000).toFixed(1);

/** Waits until all that the carrier lists has come back, and tells what is gone for good. Rejects at the limit. */
export const broughtBack = async (scene: Scene, lost: Lost, idleLimitMs: number): Promise<void> => {
  const decided = await untilDecided(scene, patiently(idleLimitMs));
  const gone = lost.commands.filter(({ commandId }) => !decided.has(commandId));
  const oldest = Math.min(lost.lostAt, ...gone.map(({ at }) => Date.parse(at)));
  scene.say(
    `the copy of the topics was ${secondsBetween(lost.copiedAt, lost.lostAt)} s old: ${lost.batches} batches went with it, ` +
      `of which ${lost.texts} texts had gone out`,
  );
  scene.say(
    `RPO, everything lost: ${secondsBetween(oldest, lost.lostAt)} s; ${gone.length} of ${lost.commands.length} lost commands ` +
      'did not come back',
  );
};
