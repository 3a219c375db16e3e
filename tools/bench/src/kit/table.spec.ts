import { figuresTable, shown, tableOf } from './table';

describe('a table', () => {
  it('keeps its columns as wide as the widest cell', () => {
    expect(tableOf(['a', 'b'], [['long', '1']])).toBe('a     b\nlong  1');
  });

  it('says of each figure what was wanted and whether it is so', () => {
    const table = figuresTable([
      { name: 'speed', value: 4_321, goal: { at: 'least', value: 10_000 } },
      { name: 'memory', value: 1.2345 },
    ]);
    expect(table.split('\n')).toEqual([
      'figure  value  goal             verdict',
      'speed   4,321  at least 10,000  missed',
      'memory  1.23                    no goal',
    ]);
  });

  it('shows three digits of what is small', () => {
    expect([shown(0.98765), shown(99.94), shown(12_345.6)]).toEqual(['0.988', '99.9', '12,346']);
  });
});
