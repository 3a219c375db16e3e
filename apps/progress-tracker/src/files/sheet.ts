import type { Column } from './columns';

/** Rows on their way into a file. Their columns are all that is known of them. */
export type Sheet<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly rows: AsyncIterable<Row>;
};
