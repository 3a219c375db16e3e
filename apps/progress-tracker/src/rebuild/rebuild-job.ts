import type { Phone } from '@stopcovid/contracts';
import type { EventSource } from './event-source';
import type { PhoneReport, RebuildProgress, RebuildTally } from './rebuild-report';
import type { LiveProjections, RebuildStore, Shadow } from './rebuild-store';

/** What a rebuild works with. */
export type RebuildParts = { readonly store: RebuildStore; readonly events: EventSource };

/** What may be replaced beside what differs at the same version, or is not there. */
export type SwapRules = {
  /** Also phones whose live projection is behind: what follows from the batches in between is not started. */
  readonly late: boolean;
  /** Removes phones of which the topic knows nothing. */
  readonly unknown: boolean;
};

/** What is asked of a rebuild. Without `swap` nothing live is changed. */
export type RebuildRequest = {
  /** All phones when left out. */
  readonly phones?: readonly Phone[];
  readonly swap?: SwapRules;
  /** Called for every phone that is not as the topic says. */
  readonly onPhone: (report: PhoneReport) => void;
  readonly onProgress?: (progress: RebuildProgress) => void;
  readonly signal?: AbortSignal;
};

/** A rebuild under way. */
export type Job = {
  readonly request: RebuildRequest;
  readonly events: EventSource;
  readonly live: LiveProjections;
  readonly shadow: Shadow;
  readonly tally: RebuildTally;
  /** To be called with every step: throws when the rebuild is to stop, and says that it is alive. */
  readonly step: () => Promise<void>;
};

const beatEveryMs = 20_000;

/** Stops when asked, and lets the shadow's beat be heard from time to time. */
export const stepOf = (shadow: Pick<Shadow, 'beat'>, signal: AbortSignal | undefined): Job['step'] => {
  let beatAt = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (performance.now() - beatAt < beatEveryMs) return;
    beatAt = performance.now();
    await shadow.beat();
  };
};
