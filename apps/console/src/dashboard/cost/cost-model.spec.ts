import type { CostAnswer, CostLine, Costs, ReminderFigures } from '../answers';
import {
  costListTable,
  costLists,
  costRows,
  costSentence,
  costTiles,
  reminderRows,
  remindersSentence,
  remindersTable,
  textPeriods,
  textsSentence,
  textsTable,
  valueOf,
} from './cost-model';

const costs: Costs = {
  ...{ messages: 1_200, segments: 1_500, unmeasured: 0 },
  ...{ cost: 11.85, billed: [], completed: 100, perCompleted: 0.1185 },
};
const answer: CostAnswer = {
  ...{ asOf: '2026-03-09T10:00:00Z', days: 'in UTC', attribution: 'all', without: 'none' },
  ...{ segmentPrice: 0.0079, lines: [], total: costs },
};
const unpriced = { ...costs, cost: null, perCompleted: null };
const line = (group: CostLine['group'], segments: number): CostLine => ({
  ...{ group, messages: segments, segments, unmeasured: 0 },
  ...{ cost: segments / 100, billed: [], completed: null, perCompleted: null },
});

describe('what texts cost', () => {
  it('is said with what it rests on', () => {
    expect(costTiles(answer).map(({ name, value, of }) => [name, value, of])).toEqual([
      ['Texts', '1,200', 'sent and received; refused ones left out'],
      ['Segments', '1,500', 'of all these texts'],
      ['Cost', '11.85', 'at 0.0079 a segment'],
      ['Per completed drill', '0.1185', '100 drills completed'],
    ]);
    expect(costSentence(answer)).toBe('1,200 texts of 1,500 segments: 11.85.');
    expect(valueOf(costs)).toBe('1,500 segments · 11.85');
  });

  it('is said as the carrier billed it, and no two currencies are added', () => {
    const billed = [
      { currency: 'EUR', amount: 0.06, messages: 1 },
      { currency: 'USD', amount: 11.2, messages: 1_100 },
    ];
    const tile = costTiles({ ...answer, total: { ...costs, billed } }).find(({ name }) => name === 'Billed');
    expect([tile?.value, tile?.of]).toEqual(['0.06 EUR + 11.20 USD', 'by the carrier, for 1,101 of them']);
  });

  it('is said not to be known without a price, and is not said to be nothing', () => {
    const free = { ...answer, segmentPrice: null, total: unpriced };
    expect(costTiles(free).map(({ value }) => value)).toEqual(['1,200', '1,500', '–', '–']);
    expect(costSentence(free)).toContain('no price of a segment');
    expect(valueOf(unpriced)).toBe('1,500 segments');
  });

  it('is said of nothing too', () =>
    expect(costSentence({ ...answer, total: { ...costs, messages: 0 } })).toBe(
      'No text was sent or received.',
    ));

  it('has every week between the first and the last', () => {
    const periods = textPeriods(
      [
        line({ week: '2026-W10', direction: 'outbound' }, 5),
        line({ week: '2026-W10', direction: 'inbound' }, 2),
        line({ week: '2026-W12', direction: 'outbound' }, 3),
      ],
      'week',
    );
    expect(periods.map(({ day, sent, received, segments }) => [day, sent, received, segments])).toEqual([
      ['2026-03-02', 5, 2, 7],
      ['2026-03-09', 0, 0, 0],
      ['2026-03-16', 3, 0, 3],
    ]);
    expect(textsSentence(periods, 'week')).toBe(
      'By week (UTC), from 2 Mar 2026 to 16 Mar 2026. Most was the week of 2 Mar with 7 segments.',
    );
    expect(textsTable(periods, 'week').rows[0]).toEqual(['2026-03-02', 5, 2, 7, 0.07]);
    expect(textPeriods([], 'day')).toEqual([]);
    expect(textsSentence([], 'day')).toContain('No text');
  });

  it.each([
    ['unit', [{ employerId: 'acme', unitId: 'bar' }, { employerId: null }], ['acme · bar', '(no employer)']],
    ['drill', [{ drill: 'hand-washing' }, { drill: null }], ['Hand washing', '(no drill)']],
    ['kind', [{ kind: 'reminder' }, { kind: null }], ['Reminders', 'Texts of trainees']],
    ['language', [{ language: 'es' }, { language: null }], ['Spanish', '(not known)']],
  ] as const)('is listed by %s, the dearest first, without what had no text', (by, groups, names) => {
    const list = costLists.find((each) => each.by === by);
    if (list === undefined) throw new Error(by);
    const lines = [...groups.map((group, index) => line(group, 9 - index)), line({}, 0)];
    const rows = costRows(lines.toReversed(), list);
    expect(rows.map(({ name }) => name)).toEqual(names);
    expect(costListTable(list, rows).rows[0]?.slice(0, 3)).toEqual([names[0], 9, 9]);
  });
});

describe('what reminders did', () => {
  const rate = (count: number, of: number) => ({ count, of, share: null, interval: null });
  const figures: ReminderFigures = {
    ...{ sent: 30, afterFirst: rate(8, 20), afterSecond: rate(2, 10), afterThird: rate(0, 0) },
    ...{ rescued: rate(10, 20), medianHours: 1.25, optedOut: rate(1, 15) },
  };

  it('is said of each reminder that there was', () => {
    expect(reminderRows(figures)).toEqual([
      { name: 'After the first reminder', answered: 8, of: 20 },
      { name: 'After the second reminder', answered: 2, of: 10 },
    ]);
    expect(remindersTable(figures).rows[1]).toEqual(['After the second reminder', 2, 10, '20%']);
    expect(remindersSentence(figures)).toBe(
      '30 reminders: 50% of the questions that had one were answered after it. Half of the answers came within 1.3 h. 1 person opted out instead.',
    );
  });

  it('is said to be nothing where there was none', () =>
    expect(remindersSentence({ ...figures, sent: 0 })).toBe('No reminder was sent in these days.'));
});
