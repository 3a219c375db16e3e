import { carrierOf } from './collect';
import { operate, operateWell } from './operator';
import { patiently } from './patience';
import { lagOf } from './progress';
import { allNodes, decidedOf, wait, type Scene } from './scene';
import type { Node } from './system';

type Finding = { readonly what: string; readonly count: number };

const noticedWithinMs = 20_000;
const stillForMs = 6_000;
const workedOffWithinMs = 30_000;
/** What the sender is to take in itself: no fault of the restore. */
const leftToTheSender = 'outboxes are behind the batches';

const start = async (nodes: readonly Node[]): Promise<void> => {
  for (const { replica } of nodes) replica.start();
};

/** Everything dies where it is. */
export const killAll = async ({ system }: Scene): Promise<void> => {
  await Promise.all(allNodes(system).map(({ replica }) => replica.kill()));
};

/** No webhook is taken any more; what was accepted is worked off, and then everything is killed. */
export const endAll = async (scene: Scene): Promise<void> => {
  const { system } = scene;
  await Promise.all(system.ingresses.map(({ replica }) => replica.stop()));
  const until = Date.now() + patiently(workedOffWithinMs);
  while (lagOf(await scene.watch.next(patiently(workedOffWithinMs))) > 0n && Date.now() < until)
    await wait(100);
  await killAll(scene);
};

const readiness = async ({ replica }: Node): Promise<string> => {
  try {
    return await (await fetch(`${replica.url}/health/ready`)).text();
  } catch {
    return '';
  }
};

/** Whether a replica of a kind says so in time. */
const comesToSay = async (nodes: readonly Node[], words: string): Promise<boolean> => {
  const until = Date.now() + patiently(noticedWithinMs);
  for (;;) {
    if ((await Promise.all(nodes.map(readiness))).some((text) => text.includes(words))) return true;
    if (Date.now() > until) return false;
    await wait(200);
  }
};

/** Engines whose topic of commands ends before what they decided say so. */
export const sayMadeAnew = async ({ system: { engines }, broken }: Scene): Promise<void> => {
  await start(engines);
  const said = await comesToSay(engines, 'the topic was made anew');
  if (!said) broken.push('dialog-engine does not say that its topic was made anew');
  await Promise.all(engines.map(({ replica }) => replica.kill()));
};

/** Engines and senders on the older database decide nothing and send nothing, and say what is to be done. */
export const standStill = async (scene: Scene): Promise<void> => {
  const { engines, senders, emulator } = scene.system;
  const before = [await decidedOf(scene), (await carrierOf(emulator.url)).length];
  const both = [...engines, ...senders];
  await start(both);
  for (const [name, nodes] of [
    ['dialog-engine', engines],
    ['sms-sender', senders],
  ] as const) {
    const said = await comesToSay(nodes, 'dialog restore');
    scene.say(`${name} ${said ? 'stands still and names the remedy' : 'says nothing of the older database'}`);
    if (!said) scene.broken.push(`${name} does not say that its database is older`);
  }
  await wait(stillForMs);
  const after = [await decidedOf(scene), (await carrierOf(emulator.url)).length];
  if (before.join() !== after.join())
    scene.broken.push(`on an older database batches and texts went from ${before} to ${after}`);
  /* A killed one would be a member of its group until its session ends, and settle wants none. */
  await Promise.all(both.map(({ replica }) => replica.stop()));
};

/** What `dialog restore check` finds. */
export const findingsOf = async (scene: Scene): Promise<readonly Finding[]> => {
  const { out } = await operate(scene, 'restore', 'check', '--json');
  return out.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Finding);
};

const check = async (scene: Scene): Promise<void> => {
  for (const { what, count } of await findingsOf(scene))
    if (what !== leftToTheSender) scene.broken.push(`after the restore ${count} ${what}`);
};

/** All services, until each says that it is ready. */
export const startAll = async ({ system }: Scene): Promise<void> => {
  await start(allNodes(system));
  await Promise.all(allNodes(system).map(({ replica }) => replica.ready()));
};

/** Steps 6 to 9 of docs/backup.md: until all services run. */
export const makeWhole = async (scene: Scene): Promise<void> => {
  await operateWell(scene, 'restore', 'fold', '--yes');
  await operateWell(scene, 'restore', 'settle', '--yes');
  /* 0 as long as all that differed was replaced. */
  await operateWell(scene, 'rebuild', '--all', '--swap', '--late', '--yes');
  await check(scene);
  await startAll(scene);
};
