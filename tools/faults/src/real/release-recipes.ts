import { lastRelease } from './last-release';
import { afterCrashMs, kindsOf, wait, workedAgain, type Recipe, type Recovery, type Scene } from './scene';

/** How long all services are of one release before the next change. */
const togetherMs = 2_000;

/** Replaces every replica by one of the code in this folder: those of a kind in turn, the kinds in any order. */
const replaceAll = async (scene: Scene, folder: string): Promise<Recovery> => {
  const replaceKind = async (nodes: ReturnType<typeof kindsOf>[number]): Promise<void> => {
    await wait(scene.random() * togetherMs);
    for (const { replica } of nodes) {
      await replica.stop();
      replica.start(folder);
      await replica.ready();
    }
  };
  await Promise.all(kindsOf(scene.system).map(replaceKind));
  const recovery = await workedAgain(scene, afterCrashMs(scene));
  await wait(togetherMs);
  return recovery;
};

const versionSkew: Recipe = {
  name: 'version-skew',
  say: 'the last release and this one side by side: a rollback and an update, twice, replica by replica',
  short: false,
  run: async (scene) => {
    const { root, say } = scene;
    const before = await lastRelease(root, say);
    let recovery: Recovery;
    for (const [what, folder] of [
      ['back to the last release', before],
      ['on to this one', root],
      ['back again', before],
      ['and on again', root],
    ] as const) {
      say(what);
      recovery = await replaceAll(scene, folder);
    }
    return recovery;
  },
};

/** Faults of two releases that run side by side. */
export const releaseRecipes: readonly Recipe[] = [versionSkew];
