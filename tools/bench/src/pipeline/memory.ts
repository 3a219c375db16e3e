import { setTimeout as pause } from 'node:timers/promises';
import { residentMb, shown, slope, tableOf, type Figure, type Point } from '../kit';
import { countBetween } from './bus';
import { topicsOf } from './contestants';
import type { Options } from './options';
import type { World } from './world';
import { commandOf, placeOf } from './workload';

/** Resident megabytes of our engine after so many commands. */
export type Memory = { readonly samples: readonly Point[]; readonly perMillion: number };

/** At most so many commands wait: the broker's disk is not what is measured. */
const ahead = 50_000;
const chunk = 10_000;

/** Caches fill and the compiler settles at first; what comes after the half shows whether memory is bounded. */
const settled = (samples: readonly Point[]): readonly Point[] =>
  samples.slice(Math.floor(samples.length / 2));

/** Commands without end for our engine, and what it keeps of the memory. */
export const measureMemory = async (world: World, { trainees, memoryCommands }: Options): Promise<Memory> => {
  const arena = await world.arena('ours', trainees);
  const { commands, events } = topicsOf('ours');
  const since = await world.bus.ends(events);
  const running = world.start(arena);
  const samples: Point[] = [];
  try {
    for (let sent = 0, done = 0; done < memoryCommands;) {
      if (sent - done < ahead && sent < memoryCommands) {
        const count = Math.min(chunk, memoryCommands - sent);
        const some = Array.from({ length: count }, (_, i) =>
          commandOf(placeOf(sent + i, trainees), world.run),
        );
        await world.bus.produce(commands, some);
        sent += count;
      } else await pause(200);
      done = countBetween(since, await world.bus.ends(events));
      if (running.hasEnded()) throw new Error(`ours has ended; see ${world.logFile('ours')}`);
      samples.push({ x: done, y: residentMb(running.pid) });
    }
  } finally {
    await running.stop();
    await world.drop(arena);
  }
  return { samples, perMillion: slope(settled(samples)) * 1e6 };
};

/** Ten of the samples. */
export const memoryTable = ({ samples }: Memory): string => {
  const step = Math.max(1, Math.floor(samples.length / 10));
  const some = samples.filter((_, index) => index % step === 0 || index === samples.length - 1);
  return tableOf(
    ['commands', 'resident MB'],
    some.map(({ x, y }) => [x.toLocaleString('en-US'), shown(y)]),
  );
};

/** Flat means that a million commands leave less than so many megabytes behind. */
export const memoryFigures = ({ perMillion }: Memory): readonly Figure[] => [
  { name: 'memory, MB more per million commands', value: perMillion, goal: { at: 'most', value: 10 } },
];
