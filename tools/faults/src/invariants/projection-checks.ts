import type { Phone } from '@stopcovid/contracts';
import {
  evolveProgress,
  evolveSchedule,
  foldBatches,
  type DrillRun,
  type Offer,
  type PhoneSchedule,
  type TraineeProgress,
} from '@stopcovid/progress-tracker';
import { isDeepStrictEqual } from 'node:util';
import { firstOf, type Chronicle, type Told } from './chronicle';
import type { History, Violation } from './history';
import { groupBy } from '@stopcovid/runtime';

/** Trainees and runs do not depend on what could be offered next. */
const noOffer: Offer = { slug: 'none', drills: [] };

type Projection = { readonly trainee: TraineeProgress | undefined; readonly runs: readonly DrillRun[] };

const fresh = (told: readonly Told[]): Projection => {
  const reads = firstOf(told).map(({ batch, record }, index) => ({
    index,
    batch,
    position: { partition: record.partition, offset: record.offset },
  }));
  const { trainees, runs } = foldBatches({ trainees: new Map(), runs: new Map() }, reads, noOffer);
  return { trainee: trainees[0]?.next, runs: runs.map(({ next }) => next) };
};

/** Which of several copies of a batch was the one that was taken does not matter. */
const withoutPlace = (trainee: TraineeProgress | undefined): object | undefined =>
  trainee && { ...trainee, partition: 0, offset: '' };

const byId = (runs: readonly DrillRun[]): readonly DrillRun[] =>
  [...runs].sort((a, b) => (a.runId < b.runId ? -1 : 1));

const check = (phone: Phone, expected: Projection, found: Projection): readonly Violation[] => {
  const wrong = (detail: string): Violation => ({ invariant: 'I6', phone, detail });
  const version = found.trainee?.version ?? 0;
  if (version !== (expected.trainee?.version ?? 0))
    return [wrong(`the trainee is at version ${version}, not ${expected.trainee?.version ?? 0}`)];
  return [
    ...(isDeepStrictEqual(withoutPlace(expected.trainee), withoutPlace(found.trainee))
      ? []
      : [wrong('the trainee is not what a fresh fold says')]),
    ...(isDeepStrictEqual(byId(expected.runs), byId(found.runs))
      ? []
      : [wrong('the runs are not what a fresh fold says')]),
  ];
};

/** I6: the projections are what a fresh fold of the topic gives. */
export const projectionsAreTheFold = (
  { trainees, runs }: History,
  chronicle: Chronicle,
): readonly Violation[] => {
  const stored = new Map(trainees.map((trainee) => [trainee.phone, trainee]));
  const runsOf = groupBy(runs, (run) => run.phone);
  const phones = new Set([...stored.keys(), ...chronicle.keys()]);
  return [...phones].flatMap((phone) =>
    check(phone, fresh(chronicle.get(phone) ?? []), {
      trainee: stored.get(phone),
      runs: runsOf.get(phone) ?? [],
    }),
  );
};

/** What the clock has done is no fold of anything, and where a batch stood may differ from copy to copy. */
const contentOf = (schedule: PhoneSchedule): object => ({
  ...schedule,
  nextAt: null,
  clock: null,
  writeId: null,
  partition: null,
});

const freshSchedule = (told: readonly Told[]): PhoneSchedule | undefined => {
  let progress: TraineeProgress | undefined;
  let schedule: PhoneSchedule | undefined;
  for (const { batch, record } of firstOf(told)) {
    progress = evolveProgress(progress, batch, { partition: record.partition, offset: record.offset });
    schedule = evolveSchedule(schedule, batch, progress);
  }
  return schedule;
};

/** I6: what the clock goes by is what a fresh fold of the topic gives. */
export const schedulesAreTheFold = ({ scheduled }: History, chronicle: Chronicle): readonly Violation[] => {
  if (scheduled === null) return [];
  const stored = new Map(scheduled.schedules.map((schedule) => [schedule.phone, schedule]));
  return [...chronicle].flatMap(([phone, told]): readonly Violation[] => {
    const [found, expected] = [stored.get(phone), freshSchedule(told)];
    return isDeepStrictEqual(found && contentOf(found), expected && contentOf(expected))
      ? []
      : [{ invariant: 'I6', phone, detail: 'the schedule is not what a fresh fold says' }];
  });
};
