import { crowdNumbersAtMost } from '../carrier/crowd-numbers';

/** How many people can be named. */
const peopleAtMost = 500_000;

type Stretch = readonly [first: number, last: number];

const stretchesIn = (text: string): readonly Stretch[] =>
  text.split(',').map((part) => {
    const [first = '', last = first] = part.split('-');
    return [Number(first), Number(last)];
  });

const isSound = ([first, last]: Stretch): boolean => first <= last && last < crowdNumbersAtMost;

/**
 * The places among a crowd's numbers that a text like `0-99,205` names, in its order; undefined where it cannot be read,
 * or names too many or what is not there.
 */
export const placesIn = (text: string): readonly number[] | undefined => {
  if (!/^\d{1,7}(?:-\d{1,7})?(?:,\d{1,7}(?:-\d{1,7})?)*$/.test(text)) return undefined;
  const stretches = stretchesIn(text);
  if (!stretches.every(isSound)) return undefined;
  const many = stretches.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (many > peopleAtMost) return undefined;
  return stretches.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
};

/** The text for these places, which grow. */
export const placesText = (places: readonly number[]): string => {
  const stretches: [first: number, last: number][] = [];
  for (const place of places) {
    const last = stretches.at(-1);
    if (last?.[1] === place - 1) last[1] = place;
    else stretches.push([place, place]);
  }
  return stretches.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
};
