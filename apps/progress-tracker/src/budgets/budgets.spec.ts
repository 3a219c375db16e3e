import { daysAfter } from '../api/when';
import type { CostRow } from '../messages/cost-rows';
import type { CostFilter, CostGroup } from '../messages/message-store';
import { inMemoryBudgetStore } from './budget-store';
import { budgetStoreContract } from './budget-store.contract';
import { budgetStands } from './budgets';

budgetStoreContract('memory', () => Promise.resolve(inMemoryBudgetStore()));

const row = (day: string, segments: number, changes: Partial<CostRow> = {}): CostRow => ({
  day,
  direction: 'outbound',
  channel: 'sms',
  employerId: 'acme',
  messages: 1,
  segments,
  unmeasured: 0,
  ...changes,
});

const desk = (rows: readonly CostRow[], at = '2026-03-15T12:00:00Z') => {
  const asked: string[] = [];
  const clock = { now: Date.parse(at) };
  const budgets = inMemoryBudgetStore();
  const costs = ({ from = '', until = '' }: CostFilter): Promise<readonly CostGroup[]> => {
    asked.push(`${from}..${daysAfter(until, -1)}`);
    const own = rows.filter(({ day }) => day >= from && day < until);
    return Promise.resolve(
      own.map(({ messages, segments, unmeasured, ...name }) => ({
        name,
        sums: { messages, segments, unmeasured, billed: [] },
      })),
    );
  };
  return {
    asked,
    clock,
    budgets,
    stands: budgetStands({ budgets, messages: { costs }, now: () => clock.now }),
  };
};

describe('the budgets of a month', () => {
  it('count what went out for each employer since its first day', async () => {
    const { budgets, stands } = desk([
      row('2026-02-28', 1_000),
      row('2026-03-01', 10),
      row('2026-03-14', 20),
      row('2026-03-15', 30),
      row('2026-03-15', 500, { direction: 'inbound' }),
      row('2026-03-15', 7, { employerId: 'bee' }),
    ]);
    await budgets.put({ employerId: 'acme', segmentsPerMonth: 60 });
    await budgets.put({ employerId: 'bee', segmentsPerMonth: 8 });
    await budgets.put({ employerId: 'new', segmentsPerMonth: 1 });
    await expect(stands()).resolves.toEqual([
      { employerId: 'acme', segmentsPerMonth: 60, month: '2026-03', segments: 60, spent: true },
      { employerId: 'bee', segmentsPerMonth: 8, month: '2026-03', segments: 7, spent: false },
      { employerId: 'new', segmentsPerMonth: 1, month: '2026-03', segments: 0, spent: false },
    ]);
  });

  it.each([
    ['2026-03-01T00:00:00Z', ['2026-03-01..2026-03-01']],
    ['2026-03-02T00:00:00Z', ['2026-03-01..2026-03-02']],
    ['2026-03-03T00:00:00Z', ['2026-03-02..2026-03-03', '2026-03-01..2026-03-01']],
    ['2026-03-31T23:59:59Z', ['2026-03-30..2026-03-31', '2026-03-01..2026-03-29']],
  ])('ask for no day twice and for none of another month at %s', async (at, ranges) => {
    const { budgets, stands, asked } = desk([], at);
    await budgets.put({ employerId: 'acme', segmentsPerMonth: 1 });
    await stands();
    expect(asked).toEqual(ranges);
  });

  it('ask for recent days every half minute, and for older ones every hour', async () => {
    const { budgets, stands, asked, clock } = desk([]);
    await budgets.put({ employerId: 'acme', segmentsPerMonth: 1 });
    for (let seconds = 0; seconds < 3_600; seconds += 10) {
      await stands();
      clock.now += 10_000;
    }
    const older = asked.filter((range) => range.startsWith('2026-03-01'));
    expect([older.length, asked.length - older.length]).toEqual([1, 120]);
  });

  it('are not asked for at all while nobody has one', async () => {
    const { stands, asked } = desk([]);
    await expect(stands()).resolves.toEqual([]);
    expect(asked).toEqual([]);
  });
});
