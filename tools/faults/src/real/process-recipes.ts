import { oneOf } from './seeded';
import { afterCrashMs, kindsOf, wait, workedAgain, type Recipe, type Scene } from './scene';
import type { Node } from './system';

const oneOfEach = ({ system, random }: Scene): readonly Node[] =>
  [system.engines, system.senders, system.trackers].map((nodes) => oneOf(random, nodes));

const killServices: Recipe = {
  name: 'kill-services',
  say: 'kill -9 of one replica of each service, one after the other',
  short: true,
  run: async (scene) => {
    const victims = [...oneOfEach(scene), oneOf(scene.random, scene.system.ingresses)];
    for (const { replica } of victims) {
      await replica.kill();
      await wait(200 + scene.random() * 300);
    }
    for (const { replica } of victims) replica.start();
    const recovery = await workedAgain(scene, afterCrashMs(scene));
    for (const { replica } of victims) await replica.ready();
    return recovery;
  },
};

/** One replica after the other, each when the one before is ready. */
const restartInTurn = async (nodes: readonly Node[]): Promise<void> => {
  for (const { replica } of nodes) {
    await replica.stop();
    replica.start();
    await replica.ready();
  }
};

/** A member that leaves is noticed at the others' next heartbeat: they pause for that long to share anew. */
const groupPauseMs = 5_000;

const rollingRestart: Recipe = {
  name: 'rolling-restart',
  say: 'SIGTERM and start of every replica: those of a kind in turn, the kinds at the same time',
  short: true,
  run: async (scene) => {
    scene.watch.progress.takeLongest();
    await Promise.all(kindsOf(scene.system).map(restartInTurn));
    const recovery = await workedAgain(scene, afterCrashMs(scene));
    const { wholeGroupMs } = scene.watch.progress.peekLongest();
    if (wholeGroupMs > groupPauseMs)
      scene.broken.push(`a rolling restart stopped all partitions of a group for ${wholeGroupMs} ms`);
    return recovery;
  },
};

const zombie: Recipe = {
  name: 'zombie',
  say: 'SIGSTOP of one replica of each consumer for longer than the session timeout, then SIGCONT',
  short: true,
  run: async (scene) => {
    const zombies = oneOfEach(scene);
    for (const { replica } of zombies) replica.freeze();
    await wait(scene.system.sessionMs + 2_500);
    for (const { replica } of zombies) replica.thaw();
    return workedAgain(scene, afterCrashMs(scene));
  },
};

const killStorm: Recipe = {
  name: 'kill-storm',
  say: 'kill -9 of a random replica every second or so, ten times',
  short: false,
  run: async (scene) => {
    for (let strike = 0; strike < 10; strike += 1) {
      const { replica } = oneOf(scene.random, kindsOf(scene.system).flat());
      await replica.kill();
      await wait(200 + scene.random() * 1_500);
      replica.start();
    }
    for (const { replica } of kindsOf(scene.system).flat()) await replica.ready();
    return workedAgain(scene, afterCrashMs(scene));
  },
};

/** Faults of our own processes. */
export const processRecipes: readonly Recipe[] = [killServices, rollingRestart, zombie, killStorm];
