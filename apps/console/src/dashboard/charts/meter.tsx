import type { JSX } from 'preact';

/** A thin bar of a share beside the number that it repeats. */
export const Meter = ({ share }: { readonly share: number }): JSX.Element => (
  <svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="6" />
    <rect class="full" width={Math.max(0, Math.min(100, share * 100))} height="6" />
  </svg>
);
