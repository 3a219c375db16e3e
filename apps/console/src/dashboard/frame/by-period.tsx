import type { JSX } from 'preact';
import { hashOf, type Place } from '../address';

/** Into what time is cut. */
export const ByPeriod = ({ place }: { readonly place: Place }): JSX.Element => (
  <div class="switch" role="group" aria-label="Cut time into">
    {(['week', 'day'] as const).map((by) => (
      <a key={by} href={hashOf({ ...place, by })} aria-current={place.by === by ? 'true' : undefined}>
        {by === 'week' ? 'Weeks' : 'Days'}
      </a>
    ))}
  </div>
);
