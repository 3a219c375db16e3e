import type { OverdueAnswer, OverdueRun } from '../answers';
import { openWords, overdueSentence, overdueTable } from './overdue-model';

const run: OverdueRun = {
  phone: '+12025550143',
  runId: 'run',
  drill: 'hand-washing',
  dueOn: '2026-03-01',
  daysLate: 3,
  open: { prompt: 'how-long', openHours: 70 },
  employerId: 'acme',
};
const page = (fields: Partial<OverdueAnswer> = {}): OverdueAnswer => ({
  asOf: '2026-03-04T10:00:00.000Z',
  without: 'demonstrations',
  items: [run],
  ...fields,
});

describe('the overdue list', () => {
  it.each([
    [page({ items: [] }), true, 'Nobody is overdue.'],
    [page({ items: [] }), false, 'That was the last page.'],
    [page(), true, '1 drill still open after their day. The longest overdue come first.'],
    [page({ items: [run, run], nextCursor: 'x' }), false, '2 drills on this page, and there are more.'],
  ])('says how many there are, also when there is none', (answer, isFirst, said) =>
    expect(overdueSentence(answer, isFirst)).toBe(said),
  );

  it('says since when a question is open, and whether it was put again', () => {
    expect(openWords(run)).toBe('3 days');
    expect(openWords({ ...run, open: { ...run.open, openHours: 5, remindedAt: '2026-03-04' } })).toBe(
      '5 h, reminded',
    );
  });

  it('is the same in a file', () =>
    expect(overdueTable(page()).rows).toEqual([
      ['+12025550143', 'acme', null, 'Hand washing', '1 Mar 2026', 3, 'How long', '3 days'],
    ]));
});
