import { DrillsUnusable } from './follow';
import { formatProblem } from './problem';

/** Why drills cannot be used yet: what is wrong where, what somebody can do about it, and all problems for the log. */
export type WhyDrillsWait = {
  readonly message: string;
  readonly reason: string;
  readonly about: { readonly problems: readonly string[] };
};

const mostSaid = 3;

/**
 * What to say of drills that cannot be used at the start, to whom waiting for somebody to set them right helps: the first
 * few problems by file and place, and the remedy. Undefined where the error is of another kind.
 */
export const whyDrillsWait = (error: unknown): WhyDrillsWait | undefined => {
  if (!(error instanceof DrillsUnusable)) return undefined;
  const problems = error.problems.filter(({ severity }) => severity === 'error').map(formatProblem);
  const more = problems.length - mostSaid;
  const said = problems.slice(0, mostSaid).join('; ') + (more > 0 ? `; and ${more} more in the log` : '');
  return {
    message: 'the drills cannot be used yet',
    reason: `the drills in ${error.place} cannot be used: ${said}: set the file right, or ${error.setting}`,
    about: { problems },
  };
};

/**
 * How a service waits for drills that it cannot use at its start: what readiness calls the check, what is said of an
 * error, and milliseconds to the next look, which are always as many.
 */
export const waitForDrills = (everyMs: number) => ({
  check: 'drills',
  why: whyDrillsWait,
  backoff: { firstMs: everyMs, maxMs: everyMs },
});
