import type { Hours } from './enrol';
import type { Left } from './left';
import type { People } from './people';
import type { Sizes } from './stored';
import type { Look, Usage } from './usage';
import type { Span } from './waits';

/** What was used by the beginning of a stretch, and by its end. */
type Around = { readonly before: Usage; readonly after: Usage };

/** A stretch, and what was used around it. */
export type Used = { readonly span: Span; readonly usage: Around };

/** A day that is over: when its parts were, and what was seen before and after. */
export type Played = {
  readonly people: People;
  readonly hours: Hours;
  readonly idle: Span;
  readonly day: Span;
  readonly usage: Around;
  /** What had been used second by second of the day. */
  readonly looks: readonly Look[];
  /** The time before the day in which nothing happened, and what was used around it; null when none was asked for. */
  readonly rest: Used | null;
  /** After the day: half of what it sustained, and a trickle; null when none was asked for. */
  readonly half: Used | null;
  readonly trickle: Used | null;
  readonly documents: { readonly before: Sizes; readonly after: Sizes };
  readonly left: Left;
  /** What did not come to rest. */
  readonly restless: readonly string[];
};
