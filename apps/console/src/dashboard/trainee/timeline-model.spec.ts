import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { daysOf, hasWords, momentOf, timelineTable, traineeSentence } from './timeline-model';

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
    const days = daysOf(history);
    expect(days.map(({ day, moments }) => [day, moments.length])).toEqual([
      ['2026-03-01', 1],
      ['2026-03-02', 2],
    ]);
    expect(timelineTable('+12025550143', days)).toMatchObject({
      name: 'history-12025550143',
      rows: [
        ['2026-03-01', '23:10', 'Asked for the menu', null],
        ['2026-03-02', '00:05', 'Asked for help', 'HELP'],
        ['2026-03-02', '00:05', 'Asked for information', null],
      ],
    });
  });
});

it('a trainee is told of by employer, language, standing and drills, as far as these are known', () => {
  const trainee = { phone: '+1', language: 'es', optedOut: false, registered: true, account: {}, drills: [] };
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
