import { growthLine, leaksIn, memoryIn, type Reading } from './memory';
import { afterOutageMs, allNodes, decidedOf, wait, workedAgain, type Recipe, type Scene } from './scene';
import type { Node } from './system';

/** Long enough for a process to collect, and for batches to come. */
const betweenMs = 2_000;
const collectedWithinMs = 1_000;
const usualMinutes = 10;

const readingOf = async ({ replica }: Node, batches: number): Promise<Reading> => {
  const answer = await fetch(`${replica.url}/metrics`, { signal: AbortSignal.timeout(10_000) });
  return { batches, ...memoryIn(await answer.text()) };
};

/** Every process is read after a collection, at the same time. */
const readAll = async (scene: Scene): Promise<ReadonlyMap<string, Reading>> => {
  const nodes = allNodes(scene.system);
  for (const { replica } of nodes) replica.collect();
  await wait(collectedWithinMs);
  const batches = await decidedOf(scene);
  return new Map(
    await Promise.all(
      nodes.map(async (node) => [node.replica.name, await readingOf(node, batches)] as const),
    ),
  );
};

const smallBatches: Recipe = {
  name: 'small-batches',
  say: 'nothing is broken: steady small load, after which no process may have kept something of each batch',
  short: false,
  run: async (scene) => {
    const until = Date.now() + (scene.soakMinutes ?? usualMinutes) * 60_000;
    const readings = new Map<string, Reading[]>();
    while (Date.now() < until) {
      for (const [name, reading] of await readAll(scene))
        readings.set(name, [...(readings.get(name) ?? []), reading]);
      await wait(betweenMs);
    }
    for (const [name, of] of readings) {
      scene.say(growthLine(name, of));
      scene.broken.push(...leaksIn(name, of));
    }
    return workedAgain(scene, afterOutageMs);
  },
};

/** What only time breaks. */
export const memoryRecipes: readonly Recipe[] = [smallBatches];
