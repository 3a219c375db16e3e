import { decodeCommand, encodeBatch, type DialogCommand } from '@stopcovid/contracts';
import { toBatch } from '@stopcovid/dialog-core';
import { courses, handle, type Course } from './full-drill';
import { cpuSeconds, ratesOf, summary, type Measurement } from './measure';

const commandsPerPair = courses.reduce((sum, { commands }) => sum + commands.length, 0);
let runs = 0;

/** One trainee's whole drill in memory; how many events it led to. */
export const inMemory = ({ start, commands }: Course): number => {
  let state = start;
  let count = 0;
  for (const command of commands) {
    const { events, state: after } = handle(state, command, runs++);
    state = after;
    count += events.length;
  }
  return count;
};

const decoded = (wire: string): DialogCommand => {
  const result = decodeCommand(wire);
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
};

/** The same with every command read from JSON and every batch written to JSON; how many characters were written. */
const throughJson = ({ start, wires }: Course): number => {
  let state = start;
  let written = 0;
  for (const [index, wire] of wires.entries()) {
    const command = decoded(wire);
    const after = handle(state, command, runs++);
    state = after.state;
    written += encodeBatch(toBatch({ ...after, command, version: index + 1, at: command.at })).length;
  }
  return written;
};

const drillsOfHistory = 1_000;
const edge = 100;

/** How much longer the last drills of a thousand take one trainee than the first. */
const growth = (course: Course): number => {
  const [join, ...again] = course.commands;
  if (join === undefined) throw new Error('a course begins with joining');
  let { state } = handle(course.start, join, 0);
  const oneDrill = (): void => {
    for (const command of again) state = handle(state, command, runs++).state;
  };
  const drills = (count: number): void => {
    for (let i = 0; i < count; i++) oneDrill();
  };
  const first = cpuSeconds(() => drills(edge));
  drills(drillsOfHistory - 2 * edge);
  return cpuSeconds(() => drills(edge)) / first;
};

const commandsUnit = 'commands per CPU second';

/** Deciding and folding a full-drill mix, in memory and through JSON, and whether history slows it down. */
export const measureCore = (): readonly Measurement[] => [
  summary(
    { name: 'core, in memory', unit: commandsUnit, goal: { at: 'least', value: 260_000 } },
    ratesOf(commandsPerPair, () => courses.forEach(inMemory)),
  ),
  summary(
    { name: 'core, from and to JSON', unit: commandsUnit, goal: { at: 'least', value: 60_000 } },
    ratesOf(commandsPerPair, () => courses.forEach(throughJson)),
  ),
  summary(
    { name: 'core, last 100 of 1,000 drills to the first', unit: 'times', goal: { at: 'most', value: 1.5 } },
    Array.from({ length: 9 }, (_, index) => courses[index % courses.length])
      .filter((course) => course !== undefined)
      .map(growth),
  ),
];
