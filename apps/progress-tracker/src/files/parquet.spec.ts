import { execFileSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import type { FileMetaData } from 'hyparquet';
import { flag, integer, number, phone, time, words, type Column } from './columns';
import { parquet } from './parquet';

type Row = { readonly index: number };

const columns: readonly Column<Row>[] = [
  phone('phone', ({ index }) => `+1202555${1_000 + (index % 9_000)}`),
  words('response', ({ index }) => (index % 3 === 0 ? null : `=${index} “Núñez”`)),
  integer('afterMs', ({ index }) => (index % 2 === 0 ? undefined : index * 1_000_000_000)),
  number('share', ({ index }) => index / 8),
  time('at', ({ index }) => new Date(Date.UTC(2026, 2, 1) + index)),
  flag('reminded', ({ index }) => index % 2 === 0),
];

const expected = ({ index }: Row) => ({
  phone: `+1202555${1_000 + (index % 9_000)}`,
  response: index % 3 === 0 ? null : `=${index} “Núñez”`,
  afterMs: index % 2 === 0 ? null : `${BigInt(index) * 1_000_000_000n}n`,
  share: index / 8,
  at: new Date(Date.UTC(2026, 2, 1) + index).toISOString(),
  reminded: index % 2 === 0,
});

async function* rowsOf(count: number): AsyncGenerator<Row> {
  for (let index = 0; index < count; index += 1) yield await Promise.resolve({ index });
}

/* The reader is to be imported alone, which Jest cannot do. */
const reader = `
  import { readFileSync } from 'node:fs';
  import { parquetMetadata, parquetReadObjects } from 'hyparquet';
  const { buffer: file } = Uint8Array.from(readFileSync(0));
  const said = { metadata: parquetMetadata(file), rows: await parquetReadObjects({ file }) };
  process.stdout.write(JSON.stringify(said, (_, value) => typeof value === 'bigint' ? value + 'n' : value));
`;

type Said = {
  readonly metadata: Pick<FileMetaData, 'row_groups' | 'schema'>;
  readonly rows: readonly unknown[];
};

const readBack = async (count: number): Promise<Said> => {
  const parts: Uint8Array[] = [];
  for await (const part of parquet({ columns, rows: rowsOf(count) })) parts.push(part);
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', reader], {
    cwd: __dirname,
    input: Buffer.concat(parts),
    maxBuffer: 64 * 1_024 * 1_024,
    encoding: 'utf8',
  });
  return JSON.parse(said) as Said;
};

describe('a list as Parquet', () => {
  it('is what was written, over groups of 2,500 rows', async () => {
    const { metadata, rows } = await readBack(5_001);
    expect(metadata.row_groups.map(({ num_rows: many }) => many)).toEqual(['2500n', '2500n', '1n']);
    const isOther = (row: unknown, index: number) => !isDeepStrictEqual(row, expected({ index }));
    expect(rows.filter(isOther)).toEqual([]);
    expect(rows).toHaveLength(5_001);
  });

  it('has its columns by their kinds, times in milliseconds', async () => {
    const { metadata } = await readBack(1);
    expect(metadata.schema.slice(1).map(({ name, type, converted_type: as }) => [name, type, as])).toEqual([
      ['phone', 'BYTE_ARRAY', 'UTF8'],
      ['response', 'BYTE_ARRAY', 'UTF8'],
      ['afterMs', 'INT64', undefined],
      ['share', 'DOUBLE', undefined],
      ['at', 'INT64', 'TIMESTAMP_MILLIS'],
      ['reminded', 'BOOLEAN', undefined],
    ]);
  });

  it('is a file also without rows', async () => expect((await readBack(0)).rows).toEqual([]));
});
