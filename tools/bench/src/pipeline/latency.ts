import { setTimeout as pause } from 'node:timers/promises';
import { percentile, say, shown, tableOf, type Figure } from '../kit';
import { untilEvents } from './backlog';
import { contestants, nameOf, topicsOf, type Contestant, type RunningContestant } from './contestants';
import type { Options } from './options';
import type { Throughput } from './throughput';
import type { Arena, World } from './world';
import { commandOf, placeOf, type WireCommand } from './workload';

export type Percentiles = { readonly p50: number; readonly p99: number };
export type Latency = { readonly idle: Percentiles; readonly half: Percentiles; readonly halfRate: number };
export type Latencies = Readonly<Partial<Record<Contestant, Latency>>>;

/** Commands go out in such beats, each as one request. */
const beatMs = 10;
const idleGapMs = 25;

type Stage = { readonly arena: Arena; readonly running: RunningContestant };
type Pace = { readonly perBeat: number; readonly everyMs: number };

const now = (): number => performance.timeOrigin + performance.now();

/** Produces commands at a pace and answers how long each took from before it was sent until its event was stored. */
const paced = async (
  world: World,
  { stage, pace }: { readonly stage: Stage; readonly pace: Pace },
  commands: readonly WireCommand[],
): Promise<Percentiles> => {
  const topics = topicsOf(stage.arena.contestant);
  const since = await world.bus.ends(topics.events);
  const sentAt = new Map<string, number>();
  const sending: Promise<void>[] = [];
  const startedAt = now();
  for (let from = 0, beat = 0; from < commands.length; beat++) {
    const to = Math.round((beat + 1) * pace.perBeat);
    const some = commands.slice(from, to);
    from = to;
    for (const { commandId } of some) sentAt.set(commandId, now());
    if (some.length > 0) sending.push(world.bus.produce(topics.commands, some));
    await pause(Math.max(0, startedAt + (beat + 1) * pace.everyMs - now()));
  }
  await Promise.all(sending);
  await untilEvents(world, stage, { since, count: commands.length });
  const events = await world.bus.eventsSince(topics.events, since);
  const taken = events.map(({ commandId, atMs }) => Math.max(0, atMs - (sentAt.get(commandId) ?? NaN)));
  return { p50: percentile(taken, 50), p99: percentile(taken, 99) };
};

type Loads = { readonly trainees: number; readonly halfRate: number; readonly seconds: number };

const latencyOf = async (world: World, contestant: Contestant, loads: Loads): Promise<Latency> => {
  const arena = await world.arena(contestant, loads.trainees);
  const running = world.start(arena);
  const stage = { arena, running };
  let next = 0;
  const some = (count: number): readonly WireCommand[] =>
    Array.from({ length: count }, () => commandOf(placeOf(next++, loads.trainees), `${world.run}l`));
  try {
    const { seconds, halfRate } = loads;
    const warm = { perBeat: (halfRate * beatMs) / 1_000, everyMs: beatMs };
    await paced(world, { stage, pace: warm }, some(Math.ceil(halfRate * 3)));
    const idle = await paced(
      world,
      { stage, pace: { perBeat: 1, everyMs: idleGapMs } },
      some((seconds * 1_000) / idleGapMs),
    );
    const half = await paced(world, { stage, pace: warm }, some(Math.ceil(halfRate * seconds)));
    return { idle, half, halfRate };
  } finally {
    await running.stop();
    await world.drop(arena);
  }
};

/** Single commands on an idle system, then half of what each contestant can do. */
export const measureLatency = async (
  world: World,
  { trainees, quick }: Options,
  throughput: Throughput,
): Promise<Latencies> => {
  const latencies: Partial<Record<Contestant, Latency>> = {};
  for (const contestant of contestants) {
    const halfRate = throughput[contestant].perSecond / 2;
    say(`latency of ${nameOf(contestant)}: idle, then at ${shown(halfRate)} commands/s`);
    const latency = await latencyOf(world, contestant, { trainees, halfRate, seconds: quick ? 4 : 15 });
    latencies[contestant] = latency;
  }
  return latencies;
};

const cellsOf = ({ idle, half, halfRate }: Latency): readonly string[] =>
  [idle.p50, idle.p99, half.p50, half.p99, halfRate].map(shown);

/** Milliseconds from produced to published. */
export const latencyTable = (latencies: Latencies): string =>
  tableOf(
    ['ms, produced to published', 'idle p50', 'p99', 'half load p50', 'p99', 'half load is'],
    contestants.flatMap((contestant) => {
      const latency = latencies[contestant];
      return latency === undefined ? [] : [[nameOf(contestant), ...cellsOf(latency)]];
    }),
  );

/** Our own latencies beside their goals. */
export const latencyFigures = ({ ours }: Latencies): readonly Figure[] =>
  ours === undefined
    ? []
    : [
        { name: 'one command, idle, p50 ms', value: ours.idle.p50, goal: { at: 'most', value: 10 } },
        { name: 'one command, idle, p99 ms', value: ours.idle.p99, goal: { at: 'most', value: 25 } },
        { name: 'half load, p99 ms', value: ours.half.p99, goal: { at: 'most', value: 250 } },
      ];
