import { lastRelease, readingOf } from './last-release';
import { foldAgain } from './fold-again';
import { patiently } from './patience';
import type { Stand } from './progress';
import { afterCrashMs, wait, workedAgain, type Recipe, type Recovery, type Scene } from './scene';
import type { Node } from './system';

/** How long all services are of one release before the next change. */
const togetherMs = 2_000;
const caughtUpWithinMs = 20_000;

/** A step from one release to another. `updates`: to the later one. */
type Step = { readonly say: string; readonly folder: string; readonly updates: boolean };

/** Resolves when the senders have read all that stands on their topic by now. */
const sendersHaveRead = async ({ watch }: Scene): Promise<void> => {
  const limitMs = patiently(caughtUpWithinMs);
  const until = Date.now() + limitMs;
  const { stands } = await watch.next(limitMs);
  const ends = new Map(stands.map(({ place, end }) => [place, end]));
  const isBehind = ({ place, committed }: Stand): boolean =>
    place.startsWith('sms-sender/') && committed < (ends.get(place) ?? 0n);
  while ((await watch.next(limitMs)).stands.some(isBehind))
    if (Date.now() > until) throw new Error(`the senders are behind for ${limitMs} ms`);
};

/**
 * Replaces every replica by one of the code in a folder: those of a kind in turn, the kinds in any order but one. A
 * sender makes no text of an event that it does not know, so it is never older than the engine whose events it reads.
 */
const replaceAll = async (scene: Scene, { folder, updates }: Step): Promise<Recovery> => {
  const { engines, senders, trackers, ingresses } = scene.system;
  const replaceKind = async (nodes: readonly Node[]): Promise<void> => {
    await wait(scene.random() * togetherMs);
    for (const { replica } of nodes) {
      await replica.stop();
      replica.start(folder);
      await replica.ready();
    }
  };
  const enginesAndSenders = async (): Promise<void> => {
    if (updates) await replaceKind(senders);
    await replaceKind(engines);
    if (updates) return;
    await sendersHaveRead(scene);
    await replaceKind(senders);
  };
  await Promise.all([enginesAndSenders(), replaceKind(trackers), replaceKind(ingresses)]);
  const recovery = await workedAgain(scene, afterCrashMs(scene));
  await wait(togetherMs);
  return recovery;
};

/** Back and on again, twice. */
const stepsBetween = (earlier: string, present: string): readonly Step[] => [
  { say: 'back to the last release', folder: earlier, updates: false },
  { say: 'on to this one', folder: present, updates: true },
  { say: 'back again', folder: earlier, updates: false },
  { say: 'and on again', folder: present, updates: true },
];

const versionSkew: Recipe = {
  name: 'version-skew',
  say: 'the last release and this one side by side: a rollback and an update, twice, replica by replica; then a rebuild',
  short: false,
  run: async (scene) => {
    const { root, say } = scene;
    const before = await lastRelease(root, say);
    let recovery: Recovery;
    for (const step of stepsBetween(before, root)) {
      say(step.say);
      recovery = await replaceAll(scene, step);
    }
    await foldAgain(scene, readingOf(before));
    return recovery;
  },
};

/** Faults of two releases that run side by side. */
export const releaseRecipes: readonly Recipe[] = [versionSkew];
