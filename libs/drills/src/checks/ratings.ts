import type { DrillContent, Prompt } from '@stopcovid/contracts';
import { isGraded, scaleValueOf } from '@stopcovid/dialog-core';
import type { Finding } from '../problem';

const whyNoScale = (prompt: Prompt): string | undefined => {
  const { options = [], store, other } = prompt;
  if (isGraded(prompt)) return 'nobody is right or wrong about it: give no key and no answers';
  if (store === undefined) return 'what is asked is to be kept: give a `store`';
  if (other === true) return 'other words are on no scale: leave `other` out';
  const scale = options.map(({ value }) => scaleValueOf(value));
  if (options.length < 2 || scale.includes(undefined))
    return 'it needs two options or more, each with a whole number as its `value`';
  return new Set(scale).size === scale.length ? undefined : 'two options have the same `value`';
};

/** Whether what is asked on a scale has one, and is asked once. */
export const checkRatings = ({ prompts }: DrillContent): readonly Finding[] =>
  prompts.flatMap((prompt, index): Finding[] => {
    if (prompt.asks === undefined) return [];
    const isAskedBefore = prompts.slice(0, index).some(({ asks }) => asks === prompt.asks);
    const message = isAskedBefore ? `'${prompt.asks}' is asked twice` : whyNoScale(prompt);
    return message === undefined ? [] : [{ code: 'no-scale', path: ['prompts', index, 'asks'], message }];
  });
