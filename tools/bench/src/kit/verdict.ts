/** A figure that the project has a goal for. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly goal?: { readonly at: 'least' | 'most'; readonly value: number };
};

export type Verdict = 'met' | 'missed' | 'no goal';

/** Whether a figure is as good as wanted; one that equals its goal is. */
export const verdictOf = ({ value, goal }: Figure): Verdict => {
  if (goal === undefined) return 'no goal';
  const good = goal.at === 'least' ? value >= goal.value : value <= goal.value;
  return good ? 'met' : 'missed';
};
