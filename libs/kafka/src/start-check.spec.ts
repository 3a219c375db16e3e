import { judgeStart, type PartitionStart, type StartVerdict } from './start-check';

type Case = PartitionStart & { readonly when: string; readonly verdict: StartVerdict['kind'] };

const cases: readonly Case[] = [
  { when: 'nothing was decided yet', checkpoint: undefined, first: '0', end: '500', verdict: 'go' },
  {
    when: 'the group stands where the service does',
    checkpoint: '500',
    first: '500',
    end: '600',
    verdict: 'go',
  },
  { when: 'the last offsets were not committed', checkpoint: '500', first: '480', end: '600', verdict: 'go' },
  { when: 'old records were removed', checkpoint: '500', first: '550', end: '600', verdict: 'go' },
  { when: 'the offsets were lost', checkpoint: '500000', first: '0', end: '600000', verdict: 'skipTo' },
  { when: 'the topic was made anew', checkpoint: '500', first: '0', end: '499', verdict: 'halt' },
  {
    when: 'offsets are longer than a double holds',
    checkpoint: '9007199254740995',
    first: '9007199254740993',
    end: '9007199254740994',
    verdict: 'halt',
  },
];

describe('where a partition may be read from', () => {
  it.each(cases)('when $when: $verdict', ({ verdict, ...start }) => {
    expect(judgeStart(start).kind).toBe(verdict);
  });
});
