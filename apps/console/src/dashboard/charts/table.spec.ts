import { csvOf } from './table';

const rowOf = (value: string | number | null): string =>
  csvOf({ name: 'x', columns: ['a'], rows: [[value]] })
    .split('\r\n')
    .slice(1, -1)
    .join('\r\n');

describe('a table as CSV', () => {
  it('is UTF-8 that Excel believes, with lines as RFC 4180 ends them', () =>
    expect(csvOf({ name: 'x', columns: ['Unit', 'n'], rows: [['Café', 2]] })).toBe(
      '\uFEFFUnit,n\r\nCafé,2\r\n',
    ));

  it.each([
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-1+2', "'-1+2"],
    ['+12025550143', '+12025550143'],
    [-1, '-1'],
    [null, ''],
  ])('holds %j as %s', (value, cell) => expect(rowOf(value)).toBe(cell));
});
