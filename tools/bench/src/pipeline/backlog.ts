import { setTimeout as pause } from 'node:timers/promises';
import { cpuSeconds, residentMb } from '../kit';
import { countBetween, type Offsets } from './bus';
import { topicsOf, type RunningContestant } from './contestants';
import type { Arena, Starting, World } from './world';
import type { WireCommand } from './workload';

/** What working off a backlog took: CPU seconds per 10,000 commands of each process. */
export type Worked = {
  readonly perSecond: number;
  readonly service: number;
  readonly broker: number;
  readonly database: number;
  readonly residentMb: number;
};

const limitMs = 600_000;

/** Waits until so many events are there. Throws when the contestant ends, or nothing comes for too long. */
export const untilEvents = async (
  world: World,
  { arena, running }: { readonly arena: Arena; readonly running: RunningContestant },
  { since, count }: { readonly since: Offsets; readonly count: number },
): Promise<void> => {
  const { events } = topicsOf(arena.contestant);
  const until = Date.now() + limitMs;
  while (countBetween(since, await world.bus.ends(events)) < count) {
    const log = world.logFile(arena.contestant);
    if (running.hasEnded()) throw new Error(`${arena.contestant} has ended; see ${log}`);
    if (Date.now() > until) throw new Error(`${arena.contestant} is stuck; see ${log}`);
    await pause(20);
  }
};

type Used = { readonly service: number; readonly broker: number; readonly database: number };

const usedBy = ({ stage: { parts } }: World, { pid }: RunningContestant): Used => ({
  service: cpuSeconds(pid),
  broker: cpuSeconds(parts.pids?.kafka),
  database: cpuSeconds(parts.pids?.mongo),
});

/** The backlog is there before the contestant starts; its own start is not counted. */
export const workOff = async (
  world: World,
  { arena, starting }: { readonly arena: Arena; readonly starting?: Starting },
  commands: readonly WireCommand[],
): Promise<Worked> => {
  const topics = topicsOf(arena.contestant);
  const since = await world.bus.ends(topics.events);
  await world.bus.produce(topics.commands, commands);
  const running = world.start(arena, starting);
  try {
    await untilEvents(world, { arena, running }, { since, count: 1 });
    const [before, early] = [
      usedBy(world, running),
      countBetween(since, await world.bus.ends(topics.events)),
    ];
    await untilEvents(world, { arena, running }, { since, count: commands.length });
    const after = usedBy(world, running);
    const memory = residentMb(running.pid);
    await running.stop();
    const times = (await world.bus.eventsSince(topics.events, since)).map(({ atMs }) => atMs);
    const each = (name: keyof Used): number =>
      ((after[name] - before[name]) / Math.max(1, commands.length - early)) * 10_000;
    return {
      perSecond: (commands.length / (greatest(times) - least(times))) * 1_000,
      service: each('service'),
      broker: each('broker'),
      database: each('database'),
      residentMb: memory,
    };
  } finally {
    await running.stop();
  }
};

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
