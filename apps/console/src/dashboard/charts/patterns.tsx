import type { JSX } from 'preact';

/** What a part of a chart means: full, hatched or empty, so that no colour has to be told apart. */
export type Fill = 'full' | 'hatched' | 'empty';

/** The patterns that fills refer to. Once in a page. */
export const Patterns = (): JSX.Element => (
  <svg class="patterns" aria-hidden="true" width="0" height="0">
    <defs>
      <pattern id="hatched" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch-ground" width="7" height="7" />
        <rect class="hatch-line" width="3" height="7" />
      </pattern>
    </defs>
  </svg>
);

/** Which fill means what. */
export const Legend = ({ of }: { readonly of: readonly (readonly [Fill, string])[] }): JSX.Element => (
  <ul class="legend">
    {of.map(([fill, meaning]) => (
      <li key={meaning}>
        <svg width="16" height="12" aria-hidden="true">
          <rect class={fill} x="0.5" y="0.5" width="15" height="11" rx="2.5" />
        </svg>
        {meaning}
      </li>
    ))}
  </ul>
);
