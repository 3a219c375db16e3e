import { median, say, shown, tableOf, unevenness, type Figure } from '../kit';
import { workOff, type Worked } from './backlog';
import type { Options } from './options';
import type { Arena, World } from './world';
import { commandOf, commandsPerDrill, placeOf, type WireCommand } from './workload';

/** What commands cost at one size: of the whole, and the documents' average bytes afterwards. */
export type Size = { readonly size: number; readonly worked: Worked; readonly documentBytes: number };

/** CPU seconds per 10,000 commands of all processes: other programs on the machine do not count. */
const costOf = ({ worked }: Size): number =>
  [worked.service, worked.broker, worked.database]
    .filter((seconds) => !Number.isNaN(seconds))
    .reduce((sum, seconds) => sum + seconds, 0);

/** How many trainees are at it, whatever the number of documents. */
const active = 1_000;

/** The cache is left out, so that each slice reads the store. */
const uncached = { env: { DIALOG_CACHE_SIZE: '1' } };

const spreadOver = (documents: number, count: number, turn: number) =>
  Array.from({ length: count }, (_, index) => {
    const place = placeOf(index, active, turn);
    return { ...place, trainee: Math.floor((place.trainee * documents) / active) };
  });

const medianWorked = (all: readonly Worked[]): Worked => {
  const sorted = [...all].sort((a, b) => a.service + a.database - b.service - b.database);
  const [first] = sorted;
  if (first === undefined) throw new Error('nothing was measured');
  return {
    ...(sorted[Math.floor((sorted.length - 1) / 2)] ?? first),
    perSecond: median(all.map(({ perSecond }) => perSecond)),
  };
};

/** The same commands amid ever more documents. */
export const measureGrowth = async (
  world: World,
  { commands, quick, rounds }: Options,
): Promise<readonly Size[]> => {
  const sizes: Size[] = [];
  for (const documents of quick ? [1_000, 10_000] : [1_000, 10_000, 100_000, 1_000_000]) {
    say(`amid ${documents.toLocaleString('en-US')} documents`);
    const arena = await world.arena('ours', documents);
    const all: Worked[] = [];
    for (let round = 0; round < Math.min(rounds, 3); round++) {
      const turn = round * Math.ceil(commands / active);
      const backlog = spreadOver(documents, commands, turn).map((place) => commandOf(place, world.run));
      all.push(await workOff(world, { arena, starting: uncached }, backlog));
    }
    sizes.push({
      size: documents,
      worked: medianWorked(all),
      documentBytes: await world.documentBytes(arena),
    });
    await world.drop(arena);
  }
  return sizes;
};

/** So many trainees go through the drills together. */
const trainees = 100;
const measuredDrills = 20;

const drillsOf = (from: number, count: number, run: string): readonly WireCommand[] =>
  Array.from({ length: count * commandsPerDrill * trainees }, (_, index) =>
    commandOf(placeOf(index, trainees, from * commandsPerDrill), run),
  );

const settledBytes = async (world: World, arena: Arena, turn: number): Promise<number> => {
  const last = Array.from({ length: trainees }, (_, trainee) =>
    commandOf({ trainee, turn }, `${world.run}z`),
  );
  await workOff(world, { arena }, last);
  return world.documentBytes(arena);
};

/** The same trainees after ever more drills. */
export const measureHistory = async (world: World, { quick }: Options): Promise<readonly Size[]> => {
  const arena = await world.arena('ours', trainees);
  const sizes: Size[] = [];
  let taken = 0;
  for (const drills of quick ? [1, 30] : [1, 100, 1_000]) {
    if (drills > taken) await workOff(world, { arena }, drillsOf(taken, drills - taken, world.run));
    const worked = await workOff(world, { arena }, drillsOf(drills, measuredDrills, world.run));
    taken = drills + measuredDrills;
    say(`after ${drills} drills of each trainee: ${shown(worked.perSecond)} commands/s`);
    sizes.push({ size: drills, worked, documentBytes: await settledBytes(world, arena, taken) });
  }
  await world.drop(arena);
  return sizes;
};

/** What commands cost, size by size. */
export const sizesTable = (what: string, sizes: readonly Size[]): string =>
  tableOf(
    [what, 'commands/s', 'CPU s per 10,000: service', 'broker', 'database', 'together', 'bytes a document'],
    sizes.map((size) => [
      size.size.toLocaleString('en-US'),
      ...[
        size.worked.perSecond,
        size.worked.service,
        size.worked.broker,
        size.worked.database,
        costOf(size),
        size.documentBytes,
      ].map(shown),
    ]),
  );

/** By how much the cost at the greatest size is above that at the smallest. */
export const sizesFigures = (name: string, sizes: readonly Size[]): readonly Figure[] => [
  {
    name: `${name}: cost, greatest to least`,
    value: unevenness(sizes.map(costOf)),
    goal: { at: 'most', value: 0.1 },
  },
];
