import type { JSX } from 'preact';
import { Meter } from '../charts/meter';
import type { Tile } from '../overview/overview-model';

const TileView = ({ tile: { name, value, of, share } }: { readonly tile: Tile }): JSX.Element => (
  <div class="tile">
    <dt>{name}</dt>
    <dd>
      <strong>{value}</strong>
      {share !== undefined && <Meter share={share} />}
      <span>{of}</span>
    </dd>
  </div>
);

/** Figures beside each other. */
export const Tiles = ({ of }: { readonly of: readonly Tile[] }): JSX.Element => (
  <dl class="tiles">
    {of.map((tile) => (
      <TileView key={tile.name} tile={tile} />
    ))}
  </dl>
);
