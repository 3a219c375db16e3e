import { completed, event } from '../tracker.testkit';
import { engagementTable } from './engagement-table';
import { runOf } from './figures.testkit';
import { inMemoryRunFigures } from './in-memory-run-figures';
import type { Grouping } from './lines';
import type { RunFilter } from './run-figures';

const done = [event('PromptCompleted'), event('PromptAdvanced'), completed('one')];
const acme = runOf({ account: { unitId: 'bar' }, day: 1, later: done });
const runs = [
  acme,
  { ...runOf({ account: { unitId: 'bar' }, day: 7, later: done }), phone: acme.phone },
  runOf({ account: { unitId: 'bar' }, day: 1 }),
  runOf({ account: { employerId: 'other', unitId: 'bar' }, day: 8, later: [event('ReplyUnclear')] }),
  { ...runOf({ day: 27, later: done }), repeatsOnly: true as const },
];
const table = (filter: RunFilter, ...by: readonly Grouping[]) =>
  engagementTable(
    inMemoryRunFigures(() => runs),
    filter,
    by,
  );

describe('engagement', () => {
  it('counts an active trainee once in a period, and in the one in which they replied', async () =>
    expect((await table({}, 'week')).lines).toMatchObject([
      { group: { week: '2026-W09' }, activeTrainees: 0, engaged: { count: 1, of: 2 } },
      { group: { week: '2026-W10' }, activeTrainees: 1, engaged: { count: 2, of: 2 } },
      { group: { week: '2026-W11' }, activeTrainees: 1, engaged: { of: 0, share: null } },
      { group: { week: '2026-W13' }, activeTrainees: 1, engaged: { of: 0, share: null } },
    ]));

  it('is a share of the questions that were put, an unclear reply answering none', async () =>
    expect((await table({}, 'month', 'employer')).lines).toMatchObject([
      {
        group: { employerId: 'acme', month: '2026-03' },
        activeTrainees: 2,
        participation: { count: 2, of: 5, share: 0.4 },
      },
      { group: { employerId: 'other' }, activeTrainees: 1, participation: { count: 0, of: 1 } },
    ]));

  it('counts each trainee once in the total, whatever they are grouped by', async () => {
    const { total } = await table({}, 'day');
    expect(total).toMatchObject({ activeTrainees: 3, engaged: { count: 3, of: 4 } });
    await expect(table({})).resolves.toEqual({ lines: [], total });
  });

  it('takes the replies of the days asked for, also in runs that began before', async () =>
    expect((await table({ from: '2026-03-02' as never, until: '2026-03-03' as never })).total).toMatchObject({
      activeTrainees: 1,
      engaged: { of: 0 },
    }));
});
