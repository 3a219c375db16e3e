import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { csvOf, type Table } from './table';

const save = (table: Table): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csvOf(table)], { type: 'text/csv;charset=utf-8' }));
  link.download = `${table.name}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
};

/** Saves exactly these rows. */
export const CsvButton = ({ table }: { readonly table: Table }): JSX.Element => (
  <button type="button" class="quiet" onClick={() => save(table)} title="Save what is shown as a CSV file">
    CSV
  </button>
);

/** The rows of a table, numbers to the right. */
export const PlainTable = ({ table }: { readonly table: Table }): JSX.Element => (
  <div class="scroll" tabIndex={0} role="region" aria-label={`Table: ${table.name.replaceAll('-', ' ')}`}>
    <table>
      <thead>
        <tr>
          {table.columns.map((column) => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index}>
            {row.map((value, place) => (
              <td key={place} class={typeof value === 'number' ? 'number' : undefined}>
                {value ?? '–'}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(?:INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

const isPlainKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key.toLowerCase() === 't' && !ctrlKey && !metaKey && !altKey;

/**
 * Calls on `t`: for the chart that has the focus, or for all where none has it. It listens before the chart can be seen,
 * and calls what it was first given: two presses may come before the page is drawn again.
 */
const useTableKey = (figure: { readonly current: HTMLElement | null }, toggle: () => void): void =>
  useLayoutEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      if (!isPlainKey(event) || isTyping(event.target)) return;
      const focused = document.activeElement?.closest('[data-chart]');
      if (!focused || focused === figure.current) toggle();
    };
    document.addEventListener('keydown', heard);
    return () => document.removeEventListener('keydown', heard);
  }, []);

type FigureParts = {
  readonly title: string;
  /** What the chart shows, for who does not see it; it stands below the title for everybody. */
  readonly sentence: string;
  readonly table: Table;
  readonly tools?: ComponentChildren;
  readonly legend?: ComponentChildren;
  /** What is said of the numbers, whichever way they are shown. */
  readonly below?: ComponentChildren;
  readonly children: ComponentChildren;
};

/** A chart with its sentence, its table one key away, and its file. */
export const Figure = ({
  title,
  sentence,
  table,
  tools,
  legend,
  below,
  children,
}: FigureParts): JSX.Element => {
  const [asTable, show] = useState(false);
  const self = useRef<HTMLElement>(null);
  const toggle = (): void => show((shown) => !shown);
  useTableKey(self, toggle);
  return (
    <section class="card chart" ref={self} data-chart aria-label={title} tabIndex={-1}>
      <header>
        <div>
          <h2>{title}</h2>
          <p class="sentence">{sentence}</p>
        </div>
        <div class="tools">
          {tools}
          <button
            type="button"
            class="quiet"
            aria-pressed={asTable}
            aria-keyshortcuts="t"
            title="The same numbers as a table (key t)"
            onClick={toggle}
          >
            Table <kbd>t</kbd>
          </button>
          <CsvButton table={table} />
        </div>
      </header>
      {asTable ? (
        <PlainTable table={table} />
      ) : (
        <>
          {legend}
          {children}
        </>
      )}
      {below}
    </section>
  );
};
