import { traineeSchema, type DialogEvent } from '@stopcovid/contracts';
import { evolveProgress, type TraineeProgress } from '../progress/evolve-progress';
import { batchOf, completed, event, registered, started } from '../tracker.testkit';
import { evolveSchedule } from './evolve-schedule';
import { atOnce, type PhoneSchedule } from './phone-schedule';

type Step = readonly DialogEvent[] | { readonly events: readonly DialogEvent[]; readonly trainee: object };

const hour = (version: number): number =>
  Date.parse(`2026-03-${String(version).padStart(2, '0')}T10:00:00.000Z`);

/** Batches of these events, one a day from the first of March on. */
const after = (...steps: readonly Step[]): PhoneSchedule => {
  let progress: TraineeProgress | undefined;
  let schedule: PhoneSchedule | undefined;
  steps.forEach((step, index) => {
    const { events, trainee } = 'events' in step ? step : { events: step, trainee: {} };
    const batch = batchOf(index + 1, events, {
      trainee: traineeSchema.parse({ ...registered, ...trainee }),
    });
    progress = evolveProgress(progress, batch, { partition: 3, offset: '41' });
    schedule = evolveSchedule(schedule, batch, progress);
  });
  if (schedule === undefined) throw new Error('no schedule was begun');
  return schedule;
};

const registration = [event('TraineeRegistered'), started('one')];
const wrong = event('PromptFailed', { runId: 'run-one', drill: 'one' });
const right = event('PromptCompleted', { runId: 'run-one', drill: 'one' });
const repeat = { repeat: { drill: 'one', prompt: 'first' } };

describe('the schedule of a phone', () => {
  it('knows since when a drill could be scheduled, and when the last one began', () =>
    expect(after(registration)).toMatchObject({
      eligibleSince: hour(1),
      lastStartAt: hour(1),
      partition: 3,
    }));

  it('is looked at by the clock at once, whatever happened', () =>
    expect(after(registration, [event('HelpRequested')])).toMatchObject({ nextAt: atOnce, version: 2 }));

  it('has an open prompt until it is answered, and the next when that is asked', () => {
    expect(after(registration).running?.open).toMatchObject({ prompt: 'first', askedAt: hour(1), rung: 0 });
    expect(after(registration, [right]).running).toMatchObject({ open: null, lastAnsweredAt: hour(2) });
    expect(after(registration, [right, event('PromptAdvanced')]).running?.open).toMatchObject({
      prompt: 'second',
      askedAt: hour(2),
    });
  });

  it('counts reminders of an open prompt, and begins anew with an answer that is not right', () => {
    const reminder = event('TraineeReminded', { rung: 2 });
    expect(after(registration, [reminder]).running?.open).toMatchObject({ rung: 2, remindedAt: hour(2) });
    expect(after(registration, [reminder], [wrong]).running?.open).toMatchObject({
      rung: 0,
      askedAt: hour(3),
      remindedAt: null,
    });
  });

  it('is free when its drill has ended', () =>
    expect(after(registration, [completed('one')])).toMatchObject({ running: null, freeSince: hour(2) }));

  it('begins anew with an opt-in and a resume', () => {
    expect(after(registration, [event('TraineeOptedIn')]).eligibleSince).toBe(hour(2));
    expect(after(registration, [event('ScheduleResumed')]).eligibleSince).toBe(hour(2));
  });

  it('keeps which start the engine held back and how often, until one begins', () => {
    const postponed = event('DrillPostponed', { occurrence: 'drill-1' });
    expect(after(registration, [postponed], [postponed]).heldBack).toEqual({
      occurrence: 'drill-1',
      reason: 'congestion',
      at: hour(3),
      times: 2,
    });
    expect(after(registration, [postponed], [started('two')]).heldBack).toBeNull();
  });

  it('takes up what the trainee wishes', () =>
    expect(
      after({
        events: registration,
        trainee: {
          profile: {
            language: 'en',
            answers: {},
            timeZone: 'America/Denver',
            deliveryDays: ['mon'],
            preferredTime: '07:30',
          },
        },
      }).trainee,
    ).toMatchObject({
      zone: { name: 'America/Denver', source: 'trainee' },
      days: ['mon'],
      time: '07:30',
      employerId: 'acme',
    }));

  it('is not begun in the middle: a phone that an earlier release knew waits for a rebuild', () => {
    const batch = batchOf(5, [started('one')]);
    const progress = evolveProgress(undefined, batch, { partition: 3, offset: '41' });
    expect(evolveSchedule(undefined, batch, progress)).toBeUndefined();
  });

  it('includes a batch once', () => {
    const before = after(registration, [completed('one')]);
    const batch = batchOf(2, [started('two')]);
    const progress = evolveProgress(undefined, batch, { partition: 3, offset: '41' });
    expect(evolveSchedule(before, batch, progress)).toBe(before);
  });
});

describe('a prompt that was not right at first', () => {
  it('is kept, also when a later try was right', () =>
    expect(after(registration, [wrong, right]).missed).toEqual([
      { drill: 'one', prompt: 'first', missedAt: hour(2), rightAt: [], pauses: [] },
    ]));

  it('is kept with each time that it was right when asked again', () => {
    const again = event('PromptCompleted', { runId: 'run-two', drill: 'two', prompt: 'x', ...repeat });
    expect(after(registration, [wrong], [again]).missed).toMatchObject([{ rightAt: [hour(3)] }]);
  });

  it('is none where a person ruled that it was right at first, until they take that back', () => {
    const ruled = (fields: object) => event('ReplyRegraded', { drill: 'one', prompt: 'first', ...fields });
    const right = ruled({ attempt: 1, was: 'wrong', now: 'right' });
    const back = ruled({ attempt: 1, was: 'right', now: 'wrong', withdrawn: true });
    expect(after(registration, [wrong], [right]).missed).toEqual([]);
    expect(after(registration, [wrong], [ruled({ attempt: 2 })]).missed).toHaveLength(1);
    expect(after(registration, [wrong], [right], [back]).missed).toMatchObject([
      { drill: 'one', prompt: 'first', missedAt: hour(4), rightAt: [] },
    ]);
  });

  it('is missed anew by a miss when asked again', () => {
    const again = event('PromptCompleted', { runId: 'run-two', drill: 'two', ...repeat });
    const miss = event('PromptFailed', { runId: 'run-two', drill: 'two', ...repeat });
    expect(after(registration, [wrong], [again], [miss]).missed).toMatchObject([
      { drill: 'one', missedAt: hour(4), rightAt: [] },
    ]);
  });

  it('is none where nothing was graded', () =>
    expect(after(registration, [event('PromptFailed', { graded: false })]).missed).toEqual([]));

  it('waits through a pause', () => {
    const paused = { since: '2026-03-03T10:00:00.000Z', reason: 'text' } as const;
    const lived = after(
      registration,
      [wrong],
      { events: [event('SchedulePaused')], trainee: { schedulePaused: paused } },
      [event('ScheduleResumed')],
    );
    expect(lived.missed).toMatchObject([{ pauses: [{ from: hour(3), to: hour(4) }] }]);
  });

  it('is forgotten with a new registration', () =>
    expect(after(registration, [wrong], registration).missed).toEqual([]));
});
