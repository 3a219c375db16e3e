import { parseZone } from '@stopcovid/calendar';
import {
  commandIdSchema,
  dialogCommandSchema,
  dialogEventSchema,
  drillSlugSchema,
  encodeBatch,
  encodeCommand,
  timestampSchema,
  topics,
  traineeSchema,
  type DialogCommand,
  type DialogEvent,
  type EventBatch,
} from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import {
  evolveProgress,
  evolveSchedule,
  type PhoneSchedule,
  type TraineeProgress,
} from '@stopcovid/progress-tracker';
import { chronicleOf } from './chronicle';
import { insideTheWindow, nobodyIsForgotten, nothingUnwanted, oneStartADay } from './clock-checks';
import type { History, Scheduled, Violation } from './history';
import { ann, soundHistory } from './history.testkit';
import { schedulesAreTheFold } from './projection-checks';

const zone = parseZone('America/New_York');
if (!zone.ok) throw new Error(zone.problem);

const registered = {
  registration: { code: 'HYGIENE', demo: false, at: '2026-03-01T15:00:00.000Z' },
  optedOut: false,
  profile: { language: 'en', answers: {} },
  account: {},
};
const paused = { ...registered, schedulePaused: { since: '2026-03-01T16:00:00.000Z', reason: 'text' } };

/** A start of the clock's, from 10:00 in New York on until 20:00. */
const startOn = (date: string, changes: object = {}): DialogCommand =>
  dialogCommandSchema.parse({
    type: 'StartDrill',
    schemaVersion: 1,
    commandId: `start-${date}`,
    phone: ann,
    at: `${date}T15:00:00.000Z`,
    drill: 'hands',
    reason: 'scheduled',
    occurrence: `start-${date}`,
    delivery: {
      notAfter: `${date}T23:00:00.000Z`,
      windows: [{ opens: `${date}T14:00:00.000Z`, closes: `${date}T23:00:00.000Z` }],
    },
    ...changes,
  });

const drillStarted = dialogEventSchema.parse({
  type: 'DrillStarted',
  runId: 'run-1',
  drill: 'hands',
  revision: 'a'.repeat(64),
  reason: 'scheduled',
  prompt: { slug: 'first', language: 'en', position: 1, of: 2, messages: [{ text: 'What of hands?' }] },
});

type Happened = {
  readonly commandId: string;
  readonly at: string;
  readonly events?: readonly DialogEvent[];
  readonly trainee?: object;
};

const batchesOf = (happened: readonly Happened[]): readonly EventBatch[] =>
  happened.map(({ commandId, at, events = [drillStarted], trainee = registered }, index) => ({
    type: 'EventBatch',
    schemaVersion: 1,
    phone: ann,
    at: timestampSchema.parse(at),
    version: index + 1,
    commandId: commandIdSchema.parse(commandId),
    commandType: 'StartDrill',
    trainee: traineeSchema.parse(trainee),
    events,
  }));

const record = (topic: string, offset: number, value: string): LogRecord => ({
  topic,
  partition: 0,
  offset: String(offset),
  key: ann,
  value: Buffer.from(value),
  headers: {},
  timestamp: 0,
});

const scheduleAfter = (batches: readonly EventBatch[]): PhoneSchedule | undefined => {
  let progress: TraineeProgress | undefined;
  let schedule: PhoneSchedule | undefined;
  for (const batch of batches) {
    progress = evolveProgress(progress, batch, { partition: 0, offset: '0' });
    schedule = evolveSchedule(schedule, batch, progress);
  }
  return schedule;
};

/** Ann registers on March 1st; then come a calm 2nd and 3rd, with a drill each. */
const days: readonly Happened[] = [
  { commandId: 'registers', at: '2026-03-01T15:00:00.000Z', events: [] },
  { commandId: 'start-2026-03-02', at: '2026-03-02T15:00:00.000Z' },
  { commandId: 'start-2026-03-03', at: '2026-03-03T15:00:00.000Z' },
];
const commandsOfDays = [startOn('2026-03-02'), startOn('2026-03-03')];

type Lived = {
  readonly happened?: readonly Happened[];
  readonly commands?: readonly DialogCommand[];
  /** How long after its batch each text was handed over. */
  readonly afterMs?: number;
  readonly changeSchedule?: (schedule: PhoneSchedule) => PhoneSchedule;
  readonly calm?: Scheduled['calm'];
};

const calmOfDays = {
  from: Date.parse('2026-03-02T05:00:00.000Z'),
  to: Date.parse('2026-03-04T05:00:00.000Z'),
};

const livedBy = ({
  happened = days,
  commands = commandsOfDays,
  afterMs = 1_000,
  changeSchedule = (schedule) => schedule,
  calm = calmOfDays,
}: Lived): History => {
  const batches = batchesOf(happened);
  const schedule = scheduleAfter(batches);
  const textsOf: History['textsOf'] = ({ version, events }) =>
    events.map((_, index) => ({ messageId: `${version}/${index}`, isConsent: false }));
  return {
    ...soundHistory(),
    commands: commands.map((command, offset) =>
      record(topics.dialogCommands, offset, encodeCommand(command)),
    ),
    events: batches.map((batch, offset) => record(topics.dialogEvents, offset, encodeBatch(batch))),
    trainees: [],
    carrier: batches.flatMap((batch) =>
      textsOf(batch).map(({ messageId }) => {
        const calledAt = Date.parse(batch.at) + afterMs;
        return { sid: messageId, to: ann, body: 'a text', messageId, at: calledAt, calledAt };
      }),
    ),
    textsOf,
    scheduled: {
      zone: zone.value,
      window: { opens: 9 * 60, closes: 20 * 60 },
      drills: [drillSlugSchema.parse('hands')],
      calm,
      schedules: schedule === undefined ? [] : [changeSchedule(schedule)],
    },
  };
};

const checks = [oneStartADay, insideTheWindow, nothingUnwanted, nobodyIsForgotten, schedulesAreTheFold];

const brokenIn = (lived: Lived): readonly Violation['invariant'][] => {
  const history = livedBy(lived);
  const chronicle = chronicleOf(history.events);
  return [...new Set(checks.flatMap((check) => check(history, chronicle)))].map(({ invariant }) => invariant);
};

const [registers, second, third] = days as readonly [Happened, Happened, Happened];

describe('days with one drill each', () => {
  it('break nothing', () => {
    expect(brokenIn({})).toEqual([]);
  });

  it('may have one start published twice: the same id is the same thing', () => {
    expect(brokenIn({ commands: [...commandsOfDays, ...commandsOfDays] })).toEqual([]);
  });

  it('may have a drill that was asked for beside the one that came by itself', () => {
    expect(brokenIn({ happened: [...days, { commandId: 'MORE', at: '2026-03-03T17:00:00.000Z' }] })).toEqual(
      [],
    );
  });

  it('owe nobody a drill who has paused, nor a day of which the window was not all calm', () => {
    expect(brokenIn({ happened: [{ ...registers, trainee: paused }], commands: [] })).toEqual([]);
    const from = Date.parse('2026-03-02T14:30:00.000Z');
    expect(brokenIn({ happened: [registers, third], calm: { ...calmOfDays, from } })).toEqual([]);
  });
});

describe('a schedule is broken', () => {
  const again = startOn('2026-03-03', { commandId: 'again', occurrence: 'again' });
  const unpublished: Lived['changeSchedule'] = (schedule) => ({
    ...schedule,
    clock: {
      ...schedule.clock,
      last: [{ kind: 'drill', nominal: '2026-03-03', at: 0, outcome: 'published', reason: null }],
    },
  });
  it.each<readonly [string, Lived, readonly string[]]>([
    [
      'by two starts on one day',
      {
        happened: [...days, { commandId: 'again', at: '2026-03-03T17:00:00.000Z' }],
        commands: [...commandsOfDays, again],
      },
      ['I13'],
    ],
    ['by a text after the window', { afterMs: 9 * 3_600_000 }, ['I14', 'I14']],
    ['by a text before the window', { afterMs: -2 * 3_600_000 }, ['I14', 'I14']],
    [
      'by a text inside hours that are not its trainee’s',
      {
        happened: [registers, second, { ...third, at: '2026-03-03T13:00:00.000Z' }],
        commands: [
          startOn('2026-03-02'),
          startOn('2026-03-03', {
            delivery: {
              notAfter: '2026-03-03T14:00:00.000Z',
              windows: [{ opens: '2026-03-03T12:00:00.000Z', closes: '2026-03-03T14:00:00.000Z' }],
            },
          }),
        ],
      },
      ['I14'],
    ],
    [
      'by a text to who has paused',
      { happened: [registers, { ...second, trainee: paused }, third], calm: { from: 0, to: 0 } },
      ['I15'],
    ],
    [
      'by a command for who has paused, once all is calm',
      { happened: [{ ...registers, trainee: paused }], commands: [startOn('2026-03-02')] },
      ['I15'],
    ],
    ['by a day without a drill', { happened: [registers, second] }, ['I16']],
    ['by a start on record that nobody published', { changeSchedule: unpublished }, ['I16']],
    [
      'by a schedule that goes by something else than the events',
      { changeSchedule: (schedule) => ({ ...schedule, version: 2 }) },
      ['I6'],
    ],
  ])('%s', (_, lived, invariants) => {
    expect(brokenIn(lived)).toEqual(invariants);
  });
});
