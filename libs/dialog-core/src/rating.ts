import type { Event, OptionId, Prompt } from '@stopcovid/contracts';

type Rating = NonNullable<Event<'PromptCompleted'>['rating']>;

/** The whole number that an option stands for on a scale; undefined where it stands for none. */
export const scaleValueOf = (value: string | undefined): number | undefined =>
  value !== undefined && /^-?\d{1,6}$/.test(value) ? Number(value) : undefined;

/** The place on the prompt's scale that an option is, where the prompt asks for one and its values are a scale. */
export const ratingOf = (
  { asks, options = [] }: Prompt,
  chosen: OptionId | undefined,
): Rating | undefined => {
  if (asks === undefined) return undefined;
  const scale = options.flatMap(({ value }) => scaleValueOf(value) ?? []);
  const value = scaleValueOf(options.find(({ id }) => id === chosen)?.value);
  return value === undefined
    ? undefined
    : { asks, value, least: Math.min(...scale), most: Math.max(...scale) };
};
