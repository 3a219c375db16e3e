import type { Violation } from '../invariants';
import type { Scene } from './scene';

type Windows = Pick<Scene, 'short' | 'unjudged'> & { readonly slow: readonly unknown[] };

/** How many of the times in which something was slow were judged; nothing where nothing was slow. */
export const judgedLines = ({ slow, unjudged }: Windows): readonly string[] => {
  const all = slow.length + unjudged.length;
  return all === 0 ? [] : [`I11: ${slow.length} of ${all} windows judged`];
};

/** A long run is made to find out: one that judged nothing of what it made slow is not sound. */
export const nothingJudged = ({ short, slow, unjudged }: Windows): readonly Violation[] => {
  if (short || slow.length > 0 || unjudged.length === 0) return [];
  const detail = `the machine was too busy to judge any of ${unjudged.length} windows: nothing is known of fairness`;
  return [{ invariant: 'I11', detail }];
};
