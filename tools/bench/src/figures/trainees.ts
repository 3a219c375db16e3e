import type { LocalDate } from '@stopcovid/calendar';
import {
  commandIdSchema,
  drillSlugSchema,
  encodeBatch,
  timestampSchema,
  type EventBatch,
} from '@stopcovid/contracts';
import { toBatch } from '@stopcovid/dialog-core';
import { foldBatches, type DrillRun, type Offer } from '@stopcovid/progress-tracker';
import { courses, drillOfBench, handle, type Course } from '../core/full-drill';
import { phoneAt } from '../schedule/trainees';

const employers = 20;
const units = 8;
const drills = 12;
const drillsADay = 3;
const drillDays = 15;
/** Over how many days runs have begun. */
export const days = 180;
const dayMs = 86_400_000;
const firstDay = Date.parse('2026-01-01T17:00:00Z');

/** The day with that number, and its afternoon. */
export const dayAt = (number: number): { readonly day: LocalDate; readonly at: string } => {
  const at = new Date(firstDay + number * dayMs).toISOString();
  return { day: at.slice(0, 10) as LocalDate, at };
};

const accountAt = (index: number) => ({
  employerId: `employer-${index % employers}`,
  unitId: `unit-${Math.floor(index / employers) % units}`,
});

const batchesOf = ({ start, commands }: Course): readonly EventBatch[] => {
  let state = start;
  return commands.map((command, index) => {
    const { events, state: after } = handle(state, command, index);
    state = after;
    return toBatch({ events, state, command, version: index + 1, at: command.at });
  });
};

/* By the engine's own code; each trainee's are these with their own names. */
const histories = courses.map(batchesOf);

const historyAt = (index: number): readonly EventBatch[] => histories[index % histories.length] ?? [];

/** How many batches each trainee's history has. */
export const batchesEach = historyAt(0).length;

/** How many events there are in a batch, over a whole history. */
export const eventsPerBatch =
  histories.flat().reduce((sum, { events }) => sum + events.length, 0) / histories.flat().length;

type Named = { readonly index: number; readonly version: number; readonly day: number };

/** A trainee's batch of that version, as it stands on the topic, and its key. */
export const wireAt = ({ index, version, day }: Named): { readonly key: string; readonly value: string } => {
  const batch = historyAt(index)[version - 1];
  if (batch === undefined) throw new Error(`a history has no batch ${version}`);
  const phone = phoneAt(index);
  const trainee = { ...batch.trainee, account: { ...batch.trainee.account, ...accountAt(index) } };
  const events = batch.events.map((event) =>
    'runId' in event ? { ...event, runId: `run-of-${phone}` } : event,
  );
  const at = timestampSchema.parse(dayAt(day).at);
  const named = {
    ...batch,
    phone,
    at,
    commandId: commandIdSchema.parse(`${phone}-${version}`),
    trainee,
    events,
  };
  return { key: phone, value: encodeBatch(named as EventBatch) };
};

/** What the benchmark's course offers: one drill that all have had. */
export const offer: Offer = { slug: 'course', drills: [drillSlugSchema.parse(drillOfBench.slug)] } as Offer;

/* How many batches of their history somebody has: most come to the end, some never reply. */
const reach = [10, 10, 10, 10, 10, 5, 3, 2, 8, 10];

const runAfter = (history: readonly EventBatch[], batches: number): DrillRun => {
  const reads = history
    .slice(0, batches)
    .map((batch, index) => ({ index, batch, position: { partition: 0, offset: String(index) } }));
  const [folded] = foldBatches({ trainees: new Map(), runs: new Map() }, reads, offer).runs;
  if (folded === undefined) throw new Error('a history has a run');
  return folded.next;
};

/* By the tracker's own code, for each history and each place at which it may end. */
const runs = histories.map((history) => reach.map((batches) => runAfter(history, batches)));

const runLike = (index: number): DrillRun => {
  const found = runs[index % runs.length]?.[Math.floor(index / runs.length) % reach.length];
  if (found?.groups === undefined) throw new Error('a run says what it is grouped by');
  return found;
};

/** A made-up run, one of so many: whose it is, of which drill, on which day and how far it came. */
export const runAt = (index: number, of: number): DrillRun => {
  const run = runLike(index);
  const number = Math.floor((index * days) / of);
  const { day, at } = dayAt(number);
  const shiftMs = Date.parse(at) - run.startedAt.getTime();
  const moved = (date: Date): Date => new Date(date.getTime() + shiftMs);
  return {
    ...run,
    runId: `made-${index}` as DrillRun['runId'],
    phone: phoneAt(index),
    drill: drillSlugSchema.parse(`drill-${(Math.floor(number / drillDays) + (index % drillsADay)) % drills}`),
    startedAt: moved(run.startedAt),
    ...(run.endedAt && { endedAt: moved(run.endedAt), endedDay: day }),
    ...(run.changedAt && { changedAt: moved(run.changedAt) }),
    prompts: run.prompts.map((prompt) => ({ ...prompt, askedAt: moved(prompt.askedAt) })),
    ...(run.replies && { replies: run.replies.map((reply) => ({ ...reply, at: moved(reply.at) })) }),
    groups: { ...run.groups, ...accountAt(index), day },
  } as DrillRun;
};
