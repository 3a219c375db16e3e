import { readImport, type ImportedRow } from './read-import';
import { rejectRow, rejectsHeading } from './rejects-file';
import type { RowRules } from './trainee-row';

const rules: RowRules = {
  country: 'US',
  readZone: (typed) => (typed.includes('/') ? { zone: typed } : { problem: 'is no zone' }),
};

const bytesOf = async function* (text: string | Buffer, size = 7): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};

const read = async (text: string | Buffer, own: Partial<RowRules> = {}): Promise<readonly ImportedRow[]> => {
  const rows: ImportedRow[] = [];
  for await (const row of readImport(bytesOf(text), { ...rules, ...own })) rows.push(row);
  return rows;
};
const takenOf = (rows: readonly ImportedRow[]) => rows.flatMap((row) => (row.ok ? [row.row] : []));
const problemsOf = (rows: readonly ImportedRow[]) => rows.flatMap((row) => (row.ok ? [] : [row.problems]));

const heading = 'phone,name,consent_source,consent_on';
const oneRow = (cells: string) => `${heading}\n${cells}\n`;
const consent = { source: 'paper form', on: '2026-03-01' };

describe('readImport', () => {
  it('takes a row with all that it says', async () => {
    const rows = await read(
      'Phone,Name,Language,Time Zone,employer_id,employer_name,unit_id,unit_name,person_id,labels,date_hired,consent_source,consent_on\n' +
        '(202) 555-0143,María,ES,America/New_York,acme,"Acme, Inc.",k1,Kitchen,p7,new|night,2026-01-31,paper form,2026-03-01\n',
    );
    expect(rows).toEqual([
      {
        ok: true,
        line: 2,
        cells: expect.objectContaining({ phone: '(202) 555-0143', name: 'María' }),
        row: {
          phone: '+12025550143',
          name: 'María',
          language: 'es',
          timeZone: 'America/New_York',
          account: {
            employerId: 'acme',
            employerName: 'Acme, Inc.',
            unitId: 'k1',
            unitName: 'Kitchen',
            personId: 'p7',
            labels: ['new', 'night'],
          },
          dates: { hired: '2026-01-31' },
          consent,
        },
      },
    ]);
  });

  it.each(['date_certificate_ends', 'date_certificateEnds', 'Date Certificate Ends'])(
    'reads the date of the heading %s under the name that drips use',
    async (named) => {
      const [row] = takenOf(
        await read(`phone,${named},consent_source,consent_on\n2025550143,2026-09-30,paper form,2026-03-01\n`),
      );
      expect(row?.dates).toEqual({ certificateEnds: '2026-09-30' });
    },
  );

  it.each([
    ['a BOM', `\ufeff${oneRow('2025550143,Ann,paper form,2026-03-01')}`],
    ['CRLF', oneRow('2025550143,Ann,paper form,2026-03-01').replaceAll('\n', '\r\n')],
    ['semicolons', oneRow('2025550143,Ann,paper form,2026-03-01').replaceAll(',', ';')],
    ['tabs', oneRow('2025550143,Ann,paper form,2026-03-01').replaceAll(',', '\t')],
    ['quotation marks', oneRow('"2025550143","Ann","paper form","2026-03-01"')],
    ['no end of the last line', oneRow('2025550143,Ann,paper form,2026-03-01').trimEnd()],
    ['empty lines', `${heading}\n\n\n2025550143,Ann,paper form,2026-03-01\n\n`],
    ['a number that a spreadsheet keeps as text', oneRow('="2025550143",Ann,paper form,2026-03-01')],
    ['marks of direction around the number', oneRow('\u202a+12025550143\u202c,Ann,paper form,2026-03-01')],
  ])('reads a file with %s', async (_, text) =>
    expect(takenOf(await read(text))).toEqual([
      { phone: '+12025550143', name: 'Ann', account: {}, dates: {}, consent },
    ]),
  );

  it.each([
    ['no number', ',Ann,paper form,2026-03-01', 'phone: is missing'],
    [
      'a number in E notation',
      '1.2E+10,Ann,paper form,2026-03-01',
      'phone: was cut short by a spreadsheet; format the column as text',
    ],
    ['words for a number', 'call me,Ann,paper form,2026-03-01', 'phone: is no phone number'],
    ['too few digits', '12,Ann,paper form,2026-03-01', 'phone: is a number that nobody can have'],
    [
      'a number that nobody has',
      '+44 7700 900123,Ann,paper form,2026-03-01',
      'phone: is a number that nobody can have',
    ],
    [
      'an extension',
      '2025550143 ext 5,Ann,paper form,2026-03-01',
      'phone: has an extension, which cannot be texted',
    ],
    [
      'a formula for a name',
      '2025550143,=HYPERLINK("x"),paper form,2026-03-01',
      'name: begins like a formula of a spreadsheet',
    ],
    [
      'a name of two lines',
      '2025550143,"Ann\nLee",paper form,2026-03-01',
      'name: has a line break or another control character',
    ],
    [
      'no word of consent',
      '2025550143,Ann,,2026-03-01',
      'consent_source: is missing: how did this person agree to be texted?',
    ],
    [
      'no day of consent',
      '2025550143,Ann,paper form,',
      'consent_on: is missing: when did this person agree to be texted?',
    ],
    [
      'a day that does not exist',
      '2025550143,Ann,paper form,2026-02-30',
      'consent_on: is no day; write it as 2026-03-31',
    ],
    [
      'more cells than headings',
      '2025550143,Ann,paper form,2026-03-01,more',
      'row: has more cells than there are headings',
    ],
  ])('refuses a row with %s, and takes the others', async (_, bad, problem) => {
    const rows = await read(`${heading}\n${bad}\n2025550144,Bob,paper form,2026-03-01\n`);
    expect(problemsOf(rows)).toEqual([[problem]]);
    expect(takenOf(rows)).toMatchObject([{ phone: '+12025550144' }]);
  });

  it('refuses a zone that is none, and says it of that row alone', async () => {
    const rows = await read(
      'phone,time_zone,consent_source,consent_on\n2025550143,Pacific Time (US & Canada),form,2026-03-01\n2025550144,America/Denver,form,2026-03-01\n',
    );
    expect(problemsOf(rows)).toEqual([['time_zone: is no zone']]);
    expect(takenOf(rows)).toMatchObject([{ timeZone: 'America/Denver' }]);
  });

  it('asks for a country where a number has no code of one', async () => {
    const rows = await read(oneRow('2025550143,Ann,form,2026-03-01'), { country: undefined as never });
    expect(problemsOf(rows)).toEqual([
      ['phone: has no country code; write it with a +, or name the country'],
    ]);
  });

  it('takes a phone once, and says where it stood before', async () => {
    const rows = await read(
      `${heading}\n2025550143,Ann,form,2026-03-01\n+1 202 555 0143,Ann,form,2026-03-01\n`,
    );
    expect(problemsOf(rows)).toEqual([['phone: stands on line 2 already']]);
  });

  it('counts lines as an editor does, also behind a cell of two lines', async () => {
    const rows = await read(`${heading}\n2025550143,"An\nn",form,2026-03-01\n12,Bob,form,2026-03-01\n`);
    expect(rows.map(({ line }) => line)).toEqual([2, 4]);
  });

  it.each([
    ['an empty file', '', 'it is empty'],
    ['a missing column', 'phone,name\n2025550143,Ann\n', 'it has no column consent_source, consent_on'],
    [
      'a column that nobody reads',
      `${heading},shoe size\n2025550143,Ann,form,2026-03-01,9\n`,
      'nobody reads the column shoe_size',
    ],
    [
      'a column twice',
      `${heading},phone\n2025550143,Ann,form,2026-03-01,9\n`,
      'two columns are called phone',
    ],
    [
      'an open quotation mark',
      `${heading}\n"2025550143,Ann,form,2026-03-01\n`,
      'Quote Not Closed: the parsing is finished with an opening quote at line 2',
    ],
    ['UTF-16', Buffer.from(`\ufeff${heading}\n`, 'utf16le'), 'it is UTF-16'],
    [
      'bytes that are no UTF-8',
      Buffer.concat([
        Buffer.from(`${heading}\n2025550143,`),
        Buffer.from([0xe9]),
        Buffer.from(',form,2026-03-01\n'),
      ]),
      'it is not UTF-8',
    ],
  ])('refuses %s as a whole', async (_, text, message) => {
    await expect(read(text)).rejects.toMatchObject({
      name: 'NotATable',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('the file of rejects', () => {
  it('keeps the row with its reason, quoted, and runs nothing in a spreadsheet', async () => {
    const [reject] = await read(oneRow('12,"=cmd(""x"")",form,2026-03-01'));
    if (reject === undefined || reject.ok) throw new Error('taken');
    expect(rejectsHeading(reject)).toBe('line,problems,phone,name,consent_source,consent_on\r\n');
    expect(rejectRow(reject)).toBe(
      '2,phone: is a number that nobody can have; name: begins like a formula of a spreadsheet,12,"\'=cmd(""x"")",form,2026-03-01\r\n',
    );
  });
});
