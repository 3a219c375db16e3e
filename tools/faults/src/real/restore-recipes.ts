import { join } from 'node:path';
import { topics } from '@stopcovid/contracts';
import { readTopic, topicOffsets } from '@stopcovid/kafka';
import { carrierOf } from './collect';
import { copyDatabase, restoreDatabase } from './database-copy';
import { insteadOfItself, nameEnvironment, operate, operateWell } from './operator';
import { patiently } from './patience';
import { lagOf } from './progress';
import { afterOutageMs, allNodes, decidedOf, wait, workedAgain, type Recipe, type Scene } from './scene';
import type { Node } from './system';

/** How long the load goes on after a copy, so that there is something that the copy lacks. */
const loadOnMs = 5_000;
const noticedWithinMs = 20_000;
const stillForMs = 6_000;
const workedOffWithinMs = 30_000;
/** What the sender is to take in itself: no fault of the restore. */
const leftToTheSender = 'outboxes are behind the batches';

const start = async (nodes: readonly Node[]): Promise<void> => {
  for (const { replica } of nodes) replica.start();
};

/** No webhook is taken any more; what was accepted is worked off, and then everything is killed. */
const endAll = async (scene: Scene): Promise<void> => {
  const { system } = scene;
  await Promise.all(system.ingresses.map(({ replica }) => replica.stop()));
  const until = Date.now() + patiently(workedOffWithinMs);
  while (lagOf(await scene.watch.next(patiently(workedOffWithinMs))) > 0n && Date.now() < until)
    await wait(100);
  await Promise.all(allNodes(system).map(({ replica }) => replica.kill()));
};

const readiness = async ({ replica }: Node): Promise<string> => {
  try {
    return await (await fetch(`${replica.url}/health/ready`)).text();
  } catch {
    return '';
  }
};

/** Whether a replica of a kind says what is to be done. */
const saysRemedy = async (nodes: readonly Node[]): Promise<boolean> =>
  (await Promise.all(nodes.map(readiness))).some((text) => text.includes('dialog restore'));

/** Engines and senders on the older database decide nothing and send nothing, and say what is to be done. */
const standStill = async (scene: Scene): Promise<void> => {
  const { engines, senders, emulator } = scene.system;
  const before = [await decidedOf(scene), (await carrierOf(emulator.url)).length];
  const both = [...engines, ...senders];
  await start(both);
  const until = Date.now() + patiently(noticedWithinMs);
  for (const [name, nodes] of [
    ['dialog-engine', engines],
    ['sms-sender', senders],
  ] as const) {
    while (!(await saysRemedy(nodes)) && Date.now() < until) await wait(200);
    const said = await saysRemedy(nodes);
    scene.say(`${name} ${said ? 'stands still and names the remedy' : 'says nothing of the older database'}`);
    if (!said) scene.broken.push(`${name} does not say that its database is older`);
  }
  await wait(stillForMs);
  const after = [await decidedOf(scene), (await carrierOf(emulator.url)).length];
  if (before.join() !== after.join())
    scene.broken.push(`on an older database batches and texts went from ${before} to ${after}`);
  await Promise.all(both.map(({ replica }) => replica.kill()));
};

const check = async (scene: Scene): Promise<void> => {
  const { out } = await operate(scene, 'restore', 'check', '--json');
  const findings = out
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { readonly what: string; readonly count: number });
  for (const { what, count } of findings)
    if (what !== leftToTheSender) scene.broken.push(`after the restore ${count} ${what}`);
};

/** Steps 6 to 9 of docs/backup.md: until all services run. */
const makeWhole = async (scene: Scene): Promise<void> => {
  await operateWell(scene, 'restore', 'fold', '--yes');
  await operateWell(scene, 'restore', 'settle', '--yes');
  await operate(scene, 'rebuild', '--all', '--swap', '--late', '--yes');
  await check(scene);
  await start(allNodes(scene.system));
  await Promise.all(allNodes(scene.system).map(({ replica }) => replica.ready()));
};

/** Only the database is lost; Kafka went on. */
const loseDatabase = async (scene: Scene, folder: string): Promise<void> => {
  await copyDatabase(scene.system, join(folder, 'mongo'));
  await wait(loadOnMs);
  await endAll(scene);
  const since = Date.now();
  await restoreDatabase(scene.system, join(folder, 'mongo'));
  await standStill(scene);
  await makeWhole(scene);
  scene.say(`database lost, Kafka whole: all services run ${Date.now() - since} ms later, nothing is lost`);
};

/** The commands of a topic that is about to go: what became of them must still be true. */
const rememberCommands = (scene: Scene): Promise<void> =>
  readTopic(
    scene.system.direct.kafka,
    { topic: topics.dialogCommands },
    (records) => void scene.earlierCommands.push(...records),
  );

/** Database and Kafka are lost. The topics are copied under load, and once more when nothing is written any more. */
const loseAll = async (scene: Scene, folder: string): Promise<void> => {
  const { system } = scene;
  const { kafka: connection } = system.direct;
  const copies = join(folder, 'topics');
  await copyDatabase(system, join(folder, 'mongo-later'));
  await operateWell(scene, 'events', 'export', '--out', copies);
  await wait(loadOnMs);
  await endAll(scene);
  await operateWell(scene, 'events', 'export', '--out', copies);
  await rememberCommands(scene);
  const partitions = (await topicOffsets(connection, topics.dialogEvents)).length;
  const since = Date.now();
  await system.parts.loseKafka();
  await system.parts.kafka.start();
  await restoreDatabase(system, join(folder, 'mongo-later'));
  const refused = await operate(scene, 'restore', 'fold', '--yes');
  if (refused.exit === 0) scene.broken.push('a database of another Kafka was not refused');
  await nameEnvironment(scene, ...insteadOfItself);
  await operateWell(scene, 'topics', 'create', '--partitions', String(partitions), '--replication', '1');
  await operateWell(scene, 'events', 'import', copies, '--yes');
  await operateWell(scene, 'topics', 'accept-reset', topics.dialogCommands, '--yes');
  await makeWhole(scene);
  scene.say(`everything lost: all services run ${Date.now() - since} ms later`);
};

const restore: Recipe = {
  name: 'restore',
  say: 'the database is lost, then Kafka too: both come back from copies that were made under load',
  short: false,
  alone: true,
  run: async (scene) => {
    await nameEnvironment(scene);
    await loseDatabase(scene, scene.system.logDirectory);
    await workedAgain(scene, afterOutageMs);
    await loseAll(scene, scene.system.logDirectory);
    return workedAgain(scene, afterOutageMs);
  },
};

/** Losses of what is stored, and what operators do then. */
export const restoreRecipes: readonly Recipe[] = [restore];
