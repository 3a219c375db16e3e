import { scaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import type { Fill } from './patterns';
import { useWidth } from './use-width';

/** A bar with its label above it: parts from the left, and what is to be read at its end. */
export type Row = {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly parts: Readonly<Partial<Record<Fill, number>>>;
};

const fills = ['full', 'hatched', 'empty'] as const;
const barHeight = 14;
/* About what a letter takes, in pixels. */
const letter = 7.2;

/** Where the lines of a row stand, from its top: the value is beside the label, or where that is too narrow below it. */
type Lines = { readonly value: number; readonly bar: number; readonly pitch: number };
const beside: Lines = { value: 15, bar: 22, pitch: 46 };
const below: Lines = { value: 32, bar: 39, pitch: 63 };

const linesOf = (rows: readonly Row[], width: number): Lines =>
  rows.every(({ label, value }) => letter * (label.length + value.length + 2) <= width) ? beside : below;

type Part = { readonly fill: Fill; readonly from: number; readonly to: number };

const partsOf = ({ parts }: Row): readonly Part[] => {
  let from = 0;
  return fills.flatMap((fill) => {
    const size = parts[fill] ?? 0;
    const part = { fill, from, to: from + size };
    from += size;
    return size === 0 ? [] : [part];
  });
};

const totalOf = (row: Row): number => partsOf(row).at(-1)?.to ?? 0;

type Drawn = {
  readonly row: Row;
  readonly width: number;
  readonly lines: Lines;
  readonly x: (value: number) => number;
};

const Bar = ({ row, width, lines, x }: Drawn): JSX.Element => (
  <>
    <text class="label" x="0" y="15">
      {row.label}
    </text>
    <text
      class="value"
      x={lines === beside ? width : 0}
      y={lines.value}
      text-anchor={lines === beside ? 'end' : 'start'}
    >
      {row.value}
    </text>
    <rect class="track" x="0" y={lines.bar} width={width} height={barHeight} rx="3" />
    {partsOf(row).map(({ fill, from, to }) => (
      <rect
        key={fill}
        class={fill}
        x={x(from)}
        y={lines.bar}
        width={x(to) - x(from)}
        height={barHeight}
        rx="3"
      />
    ))}
  </>
);

/** Bars below each other, all on one scale up to `most`. `sentence` says what they show. */
export const Rows = ({
  rows,
  sentence,
  most,
}: {
  readonly rows: readonly Row[];
  readonly sentence: string;
  readonly most?: number;
}): JSX.Element => {
  const [frame, width] = useWidth<HTMLDivElement>();
  const top = most ?? Math.max(1, ...rows.map(totalOf));
  const x = scaleLinear().domain([0, top]).range([0, width]);
  const lines = linesOf(rows, width);
  const height = rows.length * lines.pitch;
  return (
    <div class="drawing" ref={frame}>
      <svg role="img" aria-label={sentence} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {rows.map((row, index) => (
          <g key={row.key} transform={`translate(0 ${index * lines.pitch})`}>
            <Bar row={row} width={width} lines={lines} x={x} />
          </g>
        ))}
      </svg>
    </div>
  );
};
