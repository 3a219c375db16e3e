import { decodeCommand, topics, type CommandId } from '@stopcovid/contracts';
import { readTopic } from '@stopcovid/kafka';
import { letCrowdText, listedBy, setCarrier, well } from './carrier';
import { withDatabase } from './database';
import { afterCrashMs, afterOutageMs, wait, workedAgain, type Recipe, type Scene } from './scene';

/** How often each text stands on the command topic. */
const producedSoFar = async ({ system }: Scene): Promise<ReadonlyMap<CommandId, number>> => {
  const times = new Map<CommandId, number>();
  await readTopic(system.direct.kafka, { topic: topics.dialogCommands }, (records) => {
    for (const { value } of records) {
      const read = value === null ? undefined : decodeCommand(value);
      if (read?.ok) times.set(read.value.commandId, (times.get(read.value.commandId) ?? 0) + 1);
    }
  });
  return times;
};

/** Waits until every text that the carrier lists has become a command. */
const allSwept = async (scene: Scene, limitMs: number): Promise<void> => {
  const until = Date.now() + limitMs;
  for (;;) {
    const listed = await listedBy(scene.system);
    const produced = await producedSoFar(scene);
    const missing = listed.filter(({ sid }) => !produced.has(sid)).length;
    if (missing === 0) return;
    if (Date.now() > until) throw new Error(`${missing} of ${listed.length} texts were not swept`);
    await wait(300);
  }
};

/** Waits until a replica is in the midst of a sweep: its turn lasts longer than the time to the next. */
const sweepUnderWay = ({ system }: Scene): Promise<void> =>
  withDatabase(system, async (connection) => {
    const turns = connection.collection<{ readonly until: number }>('inbound_sweeps');
    while (((await turns.findOne())?.until ?? 0) < Date.now() + system.sweepEveryMs + 1_000) await wait(50);
  });

/** Nobody is there for the webhooks until the carrier has given all of them up. */
const outage = async (scene: Scene): Promise<void> => {
  const { ingresses } = scene.system;
  await setCarrier(scene, { listDelayMs: 1_000 });
  await sweepUnderWay(scene);
  await Promise.all(ingresses.map(({ replica }) => replica.kill()));
  await setCarrier(scene, well);
  const { texts, refused } = await letCrowdText(scene, { phones: 12, texts: 48, messagesPerSecond: 24 });
  for (const { sid } of await listedBy(scene.system)) scene.untold.add(sid);
  scene.say(`${refused} of ${texts} webhooks were given up`);
  if (refused !== texts) scene.broken.push('a webhook was taken although no ingress was there');
  for (const { replica } of ingresses) replica.start();
  await Promise.all(ingresses.map(({ replica }) => replica.ready()));
};

/** The ingresses are there, but webhooks are lost, doubled and overtaken. */
const badWebhooks = async (scene: Scene): Promise<void> => {
  await setCarrier(scene, { loseInbound: 0.4, duplicateInbound: 0.3, reorderInbound: 0.3 });
  const crowd = { phones: 24, texts: 72, messagesPerSecond: 36 };
  const { texts, lost, accepted } = await letCrowdText(scene, crowd);
  scene.say(`of ${texts} webhooks ${lost} were lost and ${accepted} taken`);
  await setCarrier(scene, well);
};

/** Replicas that swept at the same time would have produced the same texts. */
const sweptByOne = async (scene: Scene): Promise<void> => {
  const produced = await producedSoFar(scene);
  const doubled = [...scene.untold].filter((sid) => produced.get(sid) !== 1);
  if (doubled.length > 0) scene.broken.push(`${doubled.length} texts were swept more than once`);
};

const ingressOutage: Recipe = {
  name: 'ingress-outage',
  say: 'all ingresses are killed in the midst of a sweep until the carrier gives webhooks up; then many are lost',
  short: true,
  run: async (scene) => {
    await outage(scene);
    await badWebhooks(scene);
    await allSwept(scene, afterOutageMs);
    await sweptByOne(scene);
    return workedAgain(scene, afterCrashMs(scene));
  },
};

/** Faults of the way in: what no webhook tells of, the carrier's list does. */
export const ingressRecipes: readonly Recipe[] = [ingressOutage];
