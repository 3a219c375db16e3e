import type { TraineeRun } from '../answers';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  courseSentence,
  daysOf,
  hasWords,
  momentOf,
  runLines,
  runsTable,
  timelineTable,
  traineeSentence,
  zoneOf,
} from './timeline-model';

/** The types of events that can be on record, from the guide that is made of their schemas. */
const typesOfEvents = (): readonly string[] => {
  const guide = readFileSync(join(__dirname, '../../../../../docs/messages.md'), 'utf8');
  const [, events = ''] = /## Event batches:[^]*?\n([^]*?)\n## The log of texts/.exec(guide) ?? [];
  return [...events.matchAll(/^### (\w+)$/gm)]
    .map(([, type]) => type ?? '')
    .filter((type) => type !== 'EventBatch');
};

describe('a history in words', () => {
  it('has words for everything that can happen', () => {
    expect(typesOfEvents().length).toBeGreaterThan(25);
    expect(typesOfEvents().filter((type) => !hasWords(type))).toEqual([]);
  });

  it.each([
    [{ type: 'PromptFailed', prompt: 'how-long', response: 'a' }, 'Wrong: How long', 'a'],
    [{ type: 'PromptCompleted', prompt: 'how-long', response: 'b', correct: true }, 'Right: How long', 'b'],
    [{ type: 'PromptCompleted', prompt: 'name', response: null }, 'Answered: Name', undefined],
    [{ type: 'PromptAdvanced', prompt: { slug: 'why' } }, 'Was asked: Why', undefined],
    [
      { type: 'DrillCompleted', drill: 'masks', right: 1, graded: 2 },
      'Completed Masks, 1 of 2 right',
      undefined,
    ],
    [
      { type: 'DrillAbandoned', drill: 'masks', reason: 'expired' },
      'Masks ended early: no answer came in time',
      undefined,
    ],
    [
      { type: 'DrillPostponed', drill: 'masks', reason: 'of-tomorrow' },
      'Masks was held back: of-tomorrow',
      undefined,
    ],
    [{ type: 'TraineeOptedOut', source: 'text', word: 'STOP' }, 'Opted out, by text', 'STOP'],
    [{ type: 'SchedulePaused', until: '2026-03-09' }, 'Paused until 9 Mar 2026', undefined],
    [{ type: 'BornTomorrow' }, 'BornTomorrow', undefined],
  ])('says %j', (event, words, said) => {
    const moment = momentOf(event);
    expect([moment.words, moment.said]).toEqual([words, said]);
  });

  const history = {
    items: [
      { sequence: 1, at: '2026-03-01T23:10:00.000Z', events: [{ type: 'MenuRequested' }] },
      { sequence: 2, at: '2026-03-01T23:20:00.000Z', events: [] },
      {
        sequence: 3,
        at: '2026-03-02T00:05:00.000Z',
        events: [{ type: 'HelpRequested', word: 'HELP' }, { type: 'InfoRequested' }],
      },
    ],
  };

  it('stands under its days, in order, and in a file as on the page', () => {
    const days = daysOf(history, 'UTC');
    expect(days.map(({ day, moments }) => [day, moments.length])).toEqual([
      ['2026-03-01', 1],
      ['2026-03-02', 2],
    ]);
    expect(timelineTable('+12025550143', days, 'UTC')).toMatchObject({
      name: 'history-12025550143',
      rows: [
        ['2026-03-01', '23:10', 'Asked for the menu', null],
        ['2026-03-02', '00:05', 'Asked for help', 'HELP'],
        ['2026-03-02', '00:05', 'Asked for information', null],
      ],
    });
  });

  it('stands under the days of where somebody is', () =>
    expect(
      daysOf(history, 'America/New_York').map(({ day, moments }) => [day, moments.map(({ at }) => at)]),
    ).toEqual([['2026-03-01', ['18:10', '19:05', '19:05']]]));
});

const run: TraineeRun = {
  runId: 'r',
  drill: 'masks',
  status: 'completed',
  counts: true,
  startedAt: '2026-03-01T09:00:00Z',
  day: '2026-03-01',
  zone: 'America/New_York',
};

it('somebody is where their latest run was, and in UTC before there is one', () => {
  expect(zoneOf({ runs: [{ ...run, zone: 'Asia/Tokyo' }, run] })).toBe('Asia/Tokyo');
  expect(zoneOf({ runs: [] })).toBe('UTC');
});

it('drills of somebody are told with score and pass mark, those that count no more left out', () => {
  const score = { count: 3, of: 4 };
  const told = runLines([
    { ...run, score, passMark: 80, passed: false },
    { ...run, counts: false },
    { ...run, status: 'running' },
  ]);
  expect(told).toMatchObject([
    { drill: 'Masks', day: '2026-03-01', score: '3 of 4 right (75%)', verdict: 'not passed (80% needed)' },
    { standing: 'in progress', score: '–', verdict: '–' },
  ]);
  expect(runsTable('+1202', told).rows).toHaveLength(2);
});

it('the course is told as far as it is known', () => {
  expect(courseSentence({ drills: 4, completed: 1 })).toBe('Course: 1 of 4 drills completed');
  expect(
    courseSentence({ drills: 2, completed: 2, score: { count: 9, of: 10 }, passMark: 80, passed: true }),
  ).toBe('Course: 2 of 2 drills completed · 9 of 10 right (90%) · passed (80% or more)');
});

it('a trainee is told of by employer, language, standing and drills, as far as these are known', () => {
  const trainee = {
    phone: '+1',
    language: 'es',
    optedOut: false,
    registered: true,
    account: {},
    drills: [],
    runs: [],
    course: { drills: 0, completed: 0 },
  };
  expect(traineeSentence(trainee)).toBe('Spanish · in training');
  expect(
    traineeSentence({
      ...trainee,
      optedOut: true,
      account: { employerId: 'acme', unitId: 'bar' },
      drills: [
        { drill: 'a', started: 1, completed: 1 },
        { drill: 'b', started: 1, completed: 0 },
      ],
    }),
  ).toBe('acme, bar · Spanish · opted out · 1 of 2 drills completed');
});
