import { join } from 'node:path';
import { topics } from '@stopcovid/contracts';
import { topicOffsets } from '@stopcovid/kafka';
import { copyDatabase, restoreDatabase } from './database-copy';
import { broughtBack, keepInMind, lostSince, topicsNow, type Lost, type Topics } from './lost';
import { insteadOfItself, nameEnvironment, operate, operateWell } from './operator';
import { endAll, findingsOf, killAll, makeWhole, sayMadeAnew, standStill, startAll } from './restore-steps';
import { afterOutageMs, wait, workedAgain, type Recipe, type Scene } from './scene';

/** How long the load goes on after a copy, so that there is something that the copy lacks. */
const loadOnMs = 8_000;

/** Only the database is lost; Kafka went on. */
const loseDatabase = async (scene: Scene, folder: string): Promise<void> => {
  await copyDatabase(scene.system, join(folder, 'mongo'));
  await wait(loadOnMs);
  await endAll(scene);
  const since = Date.now();
  await restoreDatabase(scene.system, join(folder, 'mongo'));
  await standStill(scene);
  await makeWhole(scene);
  scene.say(`RTO, database lost and Kafka whole: all services run ${Date.now() - since} ms later`);
};

type Copies = { readonly mongo: string; readonly topics: string; readonly at: number };

/** As docs/backup.md has it: the database first. */
const copyAll = async (scene: Scene, folder: string): Promise<Copies> => {
  const copies = { mongo: join(folder, 'mongo-later'), topics: join(folder, 'topics'), at: Date.now() };
  await copyDatabase(scene.system, copies.mongo);
  await operateWell(scene, 'events', 'export', '--out', copies.topics);
  return copies;
};

/** Makes the topics of a new Kafka, with what was copied of them. */
const bringTopicsBack = async (scene: Scene, folder: string, partitions: number): Promise<void> => {
  await nameEnvironment(scene, ...insteadOfItself);
  await operateWell(scene, 'topics', 'create', '--partitions', String(partitions), '--replication', '1');
  await operateWell(scene, 'events', 'import', folder, '--yes');
};

const acceptReset = (scene: Scene): Promise<void> =>
  operateWell(scene, 'topics', 'accept-reset', topics.dialogCommands, '--yes');

const loseKafka = async ({ system }: Scene): Promise<void> => {
  await system.parts.loseKafka();
  await system.parts.kafka.start();
};

const partitionsOf = async ({ system }: Scene): Promise<number> =>
  (await topicOffsets(system.direct.kafka, topics.dialogEvents)).length;

const restoreAll = async (scene: Scene, copies: Copies, before: Topics): Promise<Lost> => {
  const lostAt = Date.now();
  const partitions = await partitionsOf(scene);
  await loseKafka(scene);
  await restoreDatabase(scene.system, copies.mongo);
  const refused = await operate(scene, 'restore', 'fold', '--yes');
  if (refused.exit === 0) scene.broken.push('a database of another Kafka was not refused');
  await bringTopicsBack(scene, copies.topics, partitions);
  await acceptReset(scene);
  const lost = await lostSince(scene, { copiedAt: copies.at, lostAt, before });
  await makeWhole(scene);
  scene.say(`RTO, everything lost: all services run ${Date.now() - lostAt} ms later`);
  return lost;
};

/** Database and Kafka are lost, with all that came after the last copy of the topics. */
const loseAll = async (scene: Scene, folder: string): Promise<void> => {
  const copies = await copyAll(scene, folder);
  await wait(loadOnMs);
  await killAll(scene);
  const lost = await restoreAll(scene, copies, await topicsNow(scene));
  await broughtBack(scene, lost, afterOutageMs);
};

/** Kafka alone is lost, with batches that the database has and the copy lacks. */
const loseTopics = async (scene: Scene, folder: string): Promise<void> => {
  await operateWell(scene, 'events', 'export', '--out', folder);
  await wait(loadOnMs);
  await endAll(scene);
  await keepInMind(scene);
  const partitions = await partitionsOf(scene);
  await loseKafka(scene);
  await bringTopicsBack(scene, folder, partitions);
  const ahead = (await findingsOf(scene)).find(({ what }) => what.startsWith('dialogs are ahead'));
  if (ahead === undefined) scene.broken.push('no dialog is ahead of the copy: nothing was lost');
  scene.say(`${ahead?.count ?? 0} dialogs are ahead of the copy of the topics`);
  await sayMadeAnew(scene);
  await acceptReset(scene);
  await startAll(scene);
};

const workedOn = async (scene: Scene, lose: (scene: Scene, folder: string) => Promise<void>) => {
  await nameEnvironment(scene);
  await lose(scene, scene.system.logDirectory);
  return workedAgain(scene, afterOutageMs);
};

/* A loss needs a system of its own, and people whose texts the carrier lists. */
const how = { short: false, alone: true, throughCarrier: true } as const;

/** Losses of what is stored, and what operators do then. */
export const restoreRecipes: readonly Recipe[] = [
  {
    ...how,
    name: 'restore',
    say: 'the database is lost, and comes back from a copy that was made under load',
    run: (scene) => workedOn(scene, loseDatabase),
  },
  {
    ...how,
    name: 'restore-all',
    say: 'database and Kafka are lost with all that came after their copies, and come back from them',
    run: (scene) => workedOn(scene, loseAll),
  },
  {
    ...how,
    name: 'topics-lost',
    say: 'Kafka is lost with what came after the copy of its topics; the database has it, and goes on',
    run: (scene) => workedOn(scene, (at, folder) => loseTopics(at, join(folder, 'topics'))),
  },
];
