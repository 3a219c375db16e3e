import type { DrillFilter } from '../figures/run-figures';
import { addContents, type ContentTable } from '../figures/question-table';

/** Whether a content is one of those that are asked for. */
export const isOfContent = (
  { drill, revision, language }: ContentTable,
  filter: Pick<DrillFilter, 'drill' | 'revision' | 'language'>,
): boolean =>
  drill === filter.drill &&
  (filter.revision === undefined || revision === filter.revision) &&
  (filter.language === undefined || language === filter.language);

/** Whether buckets know it: what they say of questions is not by unit, label and reason. */
export const isByContent = ({ unitId, label, reason }: DrillFilter): boolean =>
  unitId === undefined && label === undefined && reason === undefined;

const inOrder = (tally: ReadonlyMap<string, number>): unknown =>
  [...tally].sort(([one], [other]) => (one < other ? -1 : 1));

const textOf = (contents: readonly ContentTable[]): string =>
  JSON.stringify(
    addContents(contents).map(({ prompts, ...content }) => ({
      ...content,
      prompts: [...prompts].sort(([one], [other]) => (one < other ? -1 : 1)),
    })),
    (_, value: unknown) => (value instanceof Map ? inOrder(value as Map<string, number>) : value),
  );

/** Whether both say the same. */
export const areSameQuestions = (one: readonly ContentTable[], other: readonly ContentTable[]): boolean =>
  textOf(one) === textOf(other);
