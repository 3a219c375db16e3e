import type { JSX } from 'preact';
import { CsvButton } from '../charts/figure';
import { Meter } from '../charts/meter';
import { count, shareOf } from '../words';
import { rowsTable, scoreWords, type Row } from './overview-model';

type List = {
  readonly title: string;
  /** What a line is of: a drill, a unit. */
  readonly what: string;
  readonly rows: readonly Row[];
  /** Where the name of a line leads. */
  readonly hrefOf: (row: Row) => string;
};

const Line = ({ row, href }: { readonly row: Row; readonly href: string }): JSX.Element => (
  <tr>
    <th scope="row">
      <a href={href}>{row.name}</a>
      {row.under !== undefined && <small>{row.under}</small>}
      {scoreWords(row) !== '' && <small>{scoreWords(row)}</small>}
    </th>
    <td class="number">{count(row.assigned)}</td>
    <td class="share">
      <span>{shareOf(row.completed, row.assigned)}</span>
      <Meter share={row.assigned === 0 ? 0 : row.completed / row.assigned} />
    </td>
    <td class="number wide">{row.due === 0 ? '–' : shareOf(row.onTime, row.due)}</td>
    <td class="number wide">{count(row.optedOut)}</td>
  </tr>
);

/** Completion, line by line; each name narrows the page to it. */
export const CompletionList = ({ title, what, rows, hrefOf }: List): JSX.Element => (
  <section class="card" aria-label={title}>
    <header>
      <h2>{title}</h2>
      <div class="tools">
        <CsvButton table={rowsTable(title.toLowerCase().replaceAll(' ', '-'), what, rows)} />
      </div>
    </header>
    <table class="list">
      <thead>
        <tr>
          <th scope="col">{what}</th>
          <th scope="col" class="number">
            Assigned
          </th>
          <th scope="col" class="share">
            Completed
          </th>
          <th scope="col" class="number wide">
            On time
          </th>
          <th scope="col" class="number wide">
            Opted out
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Line key={`${row.under ?? ''} ${row.name}`} row={row} href={hrefOf(row)} />
        ))}
      </tbody>
    </table>
  </section>
);
