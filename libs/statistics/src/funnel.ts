import { rate, type Rate } from './rate';

/** How many runs were put a prompt, and how many of these answered it. */
export type FunnelStep = { readonly reached: number; readonly answered: number };

export type DropOff = { readonly dropOff: Rate };

/**
 * Where runs end: of those who reached a prompt, how many did not answer it. Each step has its own denominator, so a
 * branch that few take loses nobody. Throws where more answered than were asked.
 */
export const funnel = <Step extends FunnelStep>(steps: readonly Step[]): readonly (Step & DropOff)[] =>
  steps.map((step) => ({ ...step, dropOff: rate(step.reached - step.answered, step.reached) }));

/** Of all prompts that were put to anybody, how many were answered. */
export const participation = (steps: readonly FunnelStep[]): Rate =>
  rate(
    steps.reduce((sum, { answered }) => sum + answered, 0),
    steps.reduce((sum, { reached }) => sum + reached, 0),
  );
