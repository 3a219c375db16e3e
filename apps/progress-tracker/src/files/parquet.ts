import { ByteWriter, ParquetWriter, schemaFromColumnData, type BasicType } from 'hyparquet-writer';
import type { Column } from './columns';
import type { Sheet } from './sheet';

/* A group is in memory four times over while it is written: as rows, columns, pages and bytes. */
const rowsInGroup = 2_500;

const types: Readonly<Record<Column<never>['kind'], BasicType>> = {
  words: 'STRING',
  phone: 'STRING',
  integer: 'INT64',
  number: 'DOUBLE',
  /* Milliseconds since 1970, in UTC. */
  time: 'TIMESTAMP',
  flag: 'BOOLEAN',
};

const valueIn = <Row>({ kind, value }: Column<Row>, row: Row): unknown => {
  const cell = value(row) ?? null;
  return kind === 'integer' && typeof cell === 'number' ? BigInt(cell) : cell;
};

/** Rows turned into columns, of which a row group has so many. */
async function* groupsOf<Row>({ columns, rows }: Sheet<Row>): AsyncGenerator<readonly unknown[][]> {
  let group: unknown[][] = columns.map(() => []);
  for await (const row of rows) {
    for (const [index, column] of columns.entries()) group[index]?.push(valueIn(column, row));
    if ((group[0]?.length ?? 0) < rowsInGroup) continue;
    yield group;
    group = columns.map(() => []);
  }
  if ((group[0]?.length ?? 0) > 0) yield group;
}

const taken = (bytes: ByteWriter): Uint8Array => {
  const written = bytes.getBytes().slice();
  bytes.index = 0;
  return written;
};

/** A Parquet file: a row group at a time is in memory, with the values of its columns. */
export async function* parquet<Row>(sheet: Sheet<Row>): AsyncGenerator<Uint8Array> {
  const named = sheet.columns.map(({ name, kind }) => ({ name, type: types[kind] }));
  const bytes = new ByteWriter();
  const schema = schemaFromColumnData({ columnData: named.map((column) => ({ ...column, data: [] })) });
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'StopCOVID Dialog Engine' });
  for await (const group of groupsOf(sheet)) {
    const columnData = named.map((column, index) => ({
      ...{ ...column, data: group[index] ?? [] },
      /* It says where pages begin, is kept until the end, and a group has one page of a column. */
      offsetIndex: false,
    }));
    await writer.write({ columnData, rowGroupSize: rowsInGroup });
    yield taken(bytes);
  }
  await writer.finish();
  yield taken(bytes);
}
