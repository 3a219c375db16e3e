/** The next number of a row that is always the same, at least 0 and less than 1. */
export type Chance = () => number;

/** A row of numbers that its seed alone decides. */
export const chanceFrom = (seed: number): Chance => {
  let now = seed >>> 0;
  return () => {
    now = (Math.imul(now, 1664525) + 1013904223) >>> 0;
    return now / 2 ** 32;
  };
};

const oneOf = <T>(all: readonly T[], chance: Chance): T => {
  const one = all[Math.floor(chance() * all.length)];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
};

/** Innermost braces: they have none within. */
const alternatives = /\{([^{}]*)\}/g;

/** A text of a pattern: of each `{this|that}` one, and one blank between words. */
export const expandOnce = (pattern: string, chance: Chance): string => {
  let text = pattern;
  while (text.includes('{'))
    text = text.replace(alternatives, (_all, choices: string) => oneOf(choices.split('|'), chance));
  return text
    .replace(/ +/g, ' ')
    .replace(/ ([,.!?])/g, '$1')
    .trim();
};

type Slip = (text: string, at: number, chance: Chance) => string;
const slips: readonly Slip[] = [
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + text.charAt(at) + text.slice(at),
  (text, at) => text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2),
  (text, at, chance) => text.slice(0, at) + oneOf([...'aeinrst'], chance) + text.slice(at + 1),
];

/** The text with a letter lost, doubled, swapped with the next or replaced; as it is where there is no letter. */
export const slipIn = (text: string, chance: Chance): string => {
  const at = 1 + Math.floor(chance() * (text.length - 1));
  return /\p{L}/u.test(text.charAt(at)) ? oneOf(slips, chance)(text, at, chance) : text;
};
