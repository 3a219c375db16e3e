import { median, say, shown, tableOf, type Figure } from '../kit';
import { workOff, type Worked } from './backlog';
import { contestants, nameOf, type Contestant } from './contestants';
import type { Options } from './options';
import { ratiosOf } from './ratios';
import type { Arena, World } from './world';
import { commandOf, placeOf } from './workload';

export type Throughput = Readonly<Record<Contestant, Worked>>;

/** Whose turn is first changes from round to round: the machine warms up, and logs grow. */
export const orderOf = (round: number): readonly Contestant[] =>
  contestants.map((_, index) => contestants[(index + round) % contestants.length] ?? 'raw');

const medianOf = (rounds: readonly Worked[]): Worked => {
  const of = (name: keyof Worked): number => median(rounds.map((round) => round[name]));
  return {
    perSecond: of('perSecond'),
    service: of('service'),
    broker: of('broker'),
    database: of('database'),
    residentMb: of('residentMb'),
  };
};

const arenasOf = async (world: World, trainees: number): Promise<Readonly<Record<Contestant, Arena>>> => {
  say(`seeding ${trainees} documents for each`);
  return {
    stock: await world.arena('stock', trainees),
    stock12: await world.arena('stock12', trainees),
    ours: await world.arena('ours', trainees),
    raw: await world.arena('raw', trainees),
  };
};

/** Each contestant works off the same backlog, round by round. */
export const measureThroughput = async (
  world: World,
  { trainees, commands, rounds, profiles }: Options,
): Promise<Throughput> => {
  const arenas = await arenasOf(world, trainees);
  const worked: Record<Contestant, Worked[]> = { stock: [], stock12: [], ours: [], raw: [] };
  for (let round = 0; round < rounds; round++) {
    const turn = Math.ceil((round * commands) / trainees);
    const backlog = Array.from({ length: commands }, (_, index) =>
      commandOf(placeOf(index, trainees, turn), world.run),
    );
    for (const contestant of orderOf(round)) {
      const starting = contestant === 'ours' && profiles !== undefined ? { profiles } : {};
      const result = await workOff(world, { arena: arenas[contestant], starting }, backlog);
      worked[contestant].push(result);
      say(`round ${round + 1} of ${rounds}: ${nameOf(contestant)}, ${shown(result.perSecond)}/s`);
    }
  }
  return {
    stock: medianOf(worked.stock),
    stock12: medianOf(worked.stock12),
    ours: medianOf(worked.ours),
    raw: medianOf(worked.raw),
  };
};

/** The table of what each took. */
export const throughputTable = (throughput: Throughput): string =>
  tableOf(
    ['', 'commands/s', 'CPU s per 10,000: service', 'broker', 'database', 'resident MB'],
    contestants.map((contestant) => {
      const worked = throughput[contestant];
      return [
        nameOf(contestant),
        ...[worked.perSecond, worked.service, worked.broker, worked.database, worked.residentMb].map(shown),
      ];
    }),
  );

/** The ratios that the project has goals for. */
export const throughputFigures = ({ stock, stock12, ours, raw }: Throughput): readonly Figure[] =>
  ratiosOf({
    ours: ours.perSecond,
    stock: stock.perSecond,
    stockConcurrent: stock12.perSecond,
    raw: raw.perSecond,
  });
