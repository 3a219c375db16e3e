import type { Violation } from '../invariants';
import { carrierOf } from './collect';
import { idleOf } from './idle';
import { judgeByPartition, judgeLeft } from './judge-left';
import { judgedLines, nothingJudged } from './judged';
import { phonesOf, startLoad, type Load } from './load';
import { crashesOf } from './logs';
import { paceOf, type Loaded } from './pace';
import { patiently } from './patience';
import { untilQuiet } from './quiet';
import { allNodes, decidedOf, wait, type Recipe, type Scene } from './scene';
import { seeded } from './seeded';
import { startSystem, type System } from './system';
import { Watch } from './watch';

export type RoundRequest = Loaded & {
  readonly root: string;
  readonly seed: number;
  readonly say: (line: string) => void;
  /** Told of the system as soon as it runs, so that it can be ended whatever happens. */
  readonly onSystem: (system: System) => void;
};

/** What one recipe was seen to do; counts since the recipe before. */
export type Measure = {
  readonly recipe: string;
  readonly accepted: number;
  readonly decided: number;
  readonly sent: number;
  readonly workedAgainMs: number | undefined;
  readonly longestSilenceMs: number;
  readonly silentPlace: string;
};

export type RoundResult = {
  readonly measures: readonly Measure[];
  readonly violations: readonly Violation[];
  readonly idle: readonly string[];
  readonly totals: string;
};

const partitions = 6;
const quietWithinMs = 90_000;
const idleMs = 3_000;

type Counted = { readonly accepted: number; readonly decided: number; readonly sent: number };

const count = async (scene: Scene, load: Load): Promise<Counted> => ({
  accepted: load.accepted.length,
  decided: await decidedOf(scene),
  sent: (await carrierOf(scene.system.emulator.url)).length,
});

type Tried = { readonly measure: Measure; readonly later: () => Promise<void> };

const tryRecipe = async (recipe: Recipe, scene: Scene, load: Load): Promise<Tried> => {
  scene.say(`${recipe.name}: ${recipe.say}`);
  const before = await count(scene, load);
  scene.watch.progress.takeLongest();
  const fail = (error: unknown): undefined => {
    scene.broken.push(`${recipe.name}: ${error instanceof Error ? error.message : String(error)}`);
  };
  const recovery = await recipe.run(scene).catch(fail);
  const after = await count(scene, load);
  const { ms, place } = scene.watch.progress.takeLongest();
  const measure = {
    recipe: recipe.name,
    accepted: after.accepted - before.accepted,
    decided: after.decided - before.decided,
    sent: after.sent - before.sent,
    workedAgainMs: recovery?.workedAgainMs,
    longestSilenceMs: ms,
    silentPlace: place,
  };
  return { measure, later: async () => recovery?.later?.().catch(fail) };
};

const idleLines = async (system: System): Promise<readonly string[]> => {
  const nodes = allNodes(system);
  const idle = await idleOf(
    nodes.map(({ replica }) => replica.pid),
    idleMs,
  );
  return nodes.map(({ replica }) => {
    const usage = idle.get(replica.pid);
    if (usage === undefined) return `${replica.name}: not there`;
    return `${replica.name}: ${usage.cpuPercent} % of a core, ${usage.megabytes} MB`;
  });
};

const i10 = (detail: string): Violation => ({ invariant: 'I10', detail });

/** What the processes did by themselves, and what only the recipes could see. */
const misbehaviour = ({ system, broken }: Scene): readonly Violation[] => [
  ...broken.map(i10),
  ...[system.emulator, ...allNodes(system).map(({ replica }) => replica)].flatMap(({ surprises }) =>
    surprises.map(i10),
  ),
  ...crashesOf(system.logDirectory).map(i10),
];

const underLoad = async (scene: Scene, request: RoundRequest): Promise<[Load, readonly Measure[]]> => {
  const { system } = scene;
  const { phones, everyMs, throughCarrier } = paceOf(request);
  const load = startLoad({
    webhookUrl: system.webhookUrl,
    doors: system.ingresses.map(({ replica }) => `${replica.url}/webhooks/twilio`),
    authToken: system.authToken,
    seed: request.seed,
    phones,
    everyMs,
    ...(throughCarrier && { carrierUrl: system.emulator.url }),
  });
  const tried: Tried[] = [];
  try {
    await wait(3_000);
    for (const recipe of request.recipes) tried.push(await tryRecipe(recipe, scene, load));
    for (const { later } of tried) await later();
    return [load, tried.map(({ measure }) => measure)];
  } finally {
    await load.stop();
  }
};

const sceneOf = (request: RoundRequest, system: System, watch: Watch): Scene => ({
  system,
  root: request.root,
  watch,
  random: seeded(request.seed),
  trainees: phonesOf(request.seed, paceOf(request).phones),
  say: request.say,
  short: request.short,
  soakMinutes: request.soakMinutes,
  madeUp: new Set(),
  untold: new Set(),
  forged: new Set(),
  slow: [],
  unjudged: [],
  clocks: [],
  broken: [],
  earlier: { commands: [], events: [], smsLog: [] },
  forgotten: new Set(),
});

/** One run of recipes under load, from a fresh system to its check. The system still runs afterwards. */
export const playRound = async (request: RoundRequest): Promise<RoundResult> => {
  const { root, seed, say } = request;
  const { sessionMs, sweepEveryMs, databaseInMb } = paceOf(request);
  const system = await startSystem({ root, say, seed, partitions, sessionMs, sweepEveryMs, databaseInMb });
  request.onSystem(system);
  const watch = new Watch(system.direct.kafka);
  const scene = sceneOf(request, system, watch);
  try {
    const [load, measures] = await underLoad(scene, request);
    say('waiting until all is quiet');
    await untilQuiet(system, patiently(quietWithinMs)).catch((error: unknown) => {
      scene.broken.push(error instanceof Error ? error.message : String(error));
    });
    const idle = await idleLines(system);
    const { retried, givenUp, repeated } = load.counts;
    const found = [...misbehaviour(scene), ...nothingJudged(scene)];
    const leftBehind = { system, known: { ...scene, accepted: load.accepted }, found };
    const isSoak = request.recipes.some(({ soaks }) => soaks);
    const judged = isSoak ? await judgeByPartition(leftBehind, partitions) : await judgeLeft(leftBehind);
    const { accepted, listed, commands, batches, sent } = judged.counts;
    return {
      measures,
      violations: [...judged.violations, ...found],
      idle: [...idle, ...judgedLines(scene), ...judged.lines],
      totals:
        `${accepted} texts accepted (${retried} tries again, ${givenUp} given up, ${repeated} repeated), ${listed} through the carrier, ` +
        `${commands} commands, ${batches} batches, ${sent} texts sent`,
    };
  } finally {
    await watch.stop();
  }
};
