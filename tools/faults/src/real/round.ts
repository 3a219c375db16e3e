import { join } from 'node:path';
import type { Violation } from '../invariants';
import { carrierOf } from './collect';
import { idleOf } from './idle';
import { judgeByPartition, judgeLeft } from './judge-left';
import { judgedLines, nothingJudged } from './judged';
import { phonesOf, startLoad, type Load } from './load';
import { crashesOf } from './logs';
import { patiently } from './patience';
import { untilQuiet } from './quiet';
import { allNodes, decidedOf, wait, type Recipe, type Scene } from './scene';
import { seeded } from './seeded';
import { startSystem, type System } from './system';
import { Watch } from './watch';

export type RoundRequest = {
  readonly root: string;
  readonly seed: number;
  readonly recipes: readonly Recipe[];
  /** How long recipes that soak do so; undefined is as long as each does by itself. */
  readonly soakMinutes: number | undefined;
  /** Texts a second, in and out together, of a soak at a steady rate. */
  readonly rate: number;
  /** Whether recipes that can be longer or shorter are to be short. */
  readonly short: boolean;
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

type Pace = {
  readonly phones: number;
  readonly everyMs: number;
  readonly throughCarrier: boolean;
  readonly sessionMs: number;
  readonly sweepEveryMs: number;
};

/** Between two sweeps of the carrier's list, where minutes have to show what hours do. */
const sweepSoonMs = 2_000;

/** A text in is followed by 1.06 out over an hour, most of which is after everybody has had every drill. */
const textsPerTextIn = 2.06;

/*
 * As many people as make up the rate when each texts every few seconds, and time enough for a busy machine's heartbeats.
 * The list is swept as often as in a deployment: a sweep reads the last quarter of an hour of it, however soon it comes.
 */
const soakPace = ({ rate }: RoundRequest): Pace => {
  const everyMs = 5_000;
  const phones = Math.max(1, Math.round(((rate / textsPerTextIn) * everyMs) / 1_000));
  return { phones, everyMs, throughCarrier: false, sessionMs: 20_000, sweepEveryMs: 10 * 60_000 };
};

/* Beside all else that is tested, as many as leave the machine time to answer them: only then is judged how soon. */
const paceOf = (request: RoundRequest): Pace => {
  const { short, recipes } = request;
  if (recipes.some(({ soaks }) => soaks)) return soakPace(request);
  const throughCarrier = recipes.some((recipe) => recipe.throughCarrier);
  const sweepEveryMs = sweepSoonMs;
  /* What is lost there is no member of a group: on a busy machine none is to be put out meanwhile. */
  if (throughCarrier) return { phones: 12, everyMs: 8_000, throughCarrier, sessionMs: 20_000, sweepEveryMs };
  return { phones: short ? 20 : 36, everyMs: 2_000, throughCarrier, sessionMs: 6_000, sweepEveryMs };
};
const quietWithinMs = 90_000;

/*
 * In a file the server reads whole collections, which gets slower with each text: what goes on for long and leaves the
 * database alone has it in memory, which holds a hundred texts in a megabyte.
 */
const databaseInMbOf = ({ recipes, rate, soakMinutes = 60 }: RoundRequest): number | undefined =>
  recipes.some(({ soaks }) => soaks) ? 1_000 + Math.ceil((rate * soakMinutes * 60) / 100) : undefined;

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
  const { sessionMs, sweepEveryMs } = paceOf(request);
  const databaseInMb = databaseInMbOf(request);
  const system = await startSystem({
    root: join(root),
    say,
    seed,
    partitions,
    sessionMs,
    sweepEveryMs,
    databaseInMb,
  });
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
