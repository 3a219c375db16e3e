import { scaleBand, scaleLinear, type ScaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import type { JSX } from 'preact';
import { count } from '../words';
import type { Fill } from './patterns';
import { useWidth } from './use-width';

/** A column: a label, and parts from the bottom up. */
export type Column = {
  readonly key: string;
  readonly label: string;
  readonly parts: Readonly<Record<Fill, number>>;
  readonly hint: string;
};

const height = 260;
/* A single run does not fill the whole height. */
const fewest = 4;
const margin = { top: 12, right: 4, bottom: 28 };
/* What a figure takes, in pixels. */
const figure = 7;
const fills = ['full', 'hatched', 'empty'] as const;
const layers = stack<unknown, Column, Fill>()
  .keys(fills)
  .value(({ parts }, fill) => parts[fill]);

const totalOf = ({ parts }: Column): number => parts.full + parts.hatched + parts.empty;

/** So many labels that none runs into the next. */
const everyNth = (columns: number, width: number): number => Math.max(1, Math.ceil(columns / (width / 62)));

type Scales = {
  readonly width: number;
  /** Where the columns begin: right of the figures of the grid. */
  readonly from: number;
  readonly bar: number;
  readonly left: (key: string) => number;
  readonly y: ScaleLinear<number, number>;
};

const scalesFor = (columns: readonly Column[], width: number): Scales => {
  const y = scaleLinear()
    .domain([0, Math.max(fewest, ...columns.map(totalOf))])
    .nice(4)
    .range([height - margin.bottom, margin.top]);
  const from = 12 + figure * count(y.domain()[1] ?? 0).length;
  const x = scaleBand<string>()
    .domain(columns.map(({ key }) => key))
    .range([from, width - margin.right])
    .paddingInner(0.28)
    .paddingOuter(0.14);
  const bar = Math.min(x.bandwidth(), 96);
  return {
    width,
    bar,
    left: (key) => (x(key) ?? 0) + (x.bandwidth() - bar) / 2,
    from,
    y,
  };
};

const Grid = ({ width, from, y }: Scales): JSX.Element => (
  <>
    {y
      .ticks(4)
      .filter(Number.isInteger)
      .map((tick) => (
        <g key={tick}>
          <line class="grid" x1={from} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
          <text class="tick" x={from - 8} y={y(tick)} dy="0.32em" text-anchor="end">
            {count(tick)}
          </text>
        </g>
      ))}
  </>
);

type Columned = { readonly columns: readonly Column[]; readonly scales: Scales };

const Bars = ({ columns, scales: { bar, left, y } }: Columned): JSX.Element => (
  <>
    {layers([...columns]).map((layer) =>
      layer.map(([from, to], index) => {
        const column = columns[index];
        if (column === undefined || to === from) return null;
        const [top, tall] = [y(to), y(from) - y(to)];
        return (
          <rect
            key={`${layer.key} ${column.key}`}
            class={layer.key}
            x={left(column.key)}
            width={bar}
            y={top}
            height={tall}
            rx="2"
          >
            <title>{column.hint}</title>
          </rect>
        );
      }),
    )}
  </>
);

const Labels = ({ columns, scales: { bar, from, left, width } }: Columned): JSX.Element => {
  const nth = everyNth(columns.length, width - from);
  const shown = columns.filter((_column, index) => (columns.length - 1 - index) % nth === 0);
  return (
    <>
      {shown.map(({ key, label }) => (
        <text key={key} class="tick" x={left(key) + bar / 2} y={height - 8} text-anchor="middle">
          {label}
        </text>
      ))}
    </>
  );
};

/** Stacked columns of counts. `sentence` says what they show. */
export const Columns = ({
  columns,
  sentence,
}: {
  readonly columns: readonly Column[];
  readonly sentence: string;
}): JSX.Element => {
  const [frame, width] = useWidth<HTMLDivElement>();
  const scales = scalesFor(columns, width);
  return (
    <div class="drawing columns" ref={frame}>
      <svg role="img" aria-label={sentence} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <Grid {...scales} />
        <Bars columns={columns} scales={scales} />
        <Labels columns={columns} scales={scales} />
      </svg>
    </div>
  );
};
