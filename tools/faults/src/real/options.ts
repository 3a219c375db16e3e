/** What the command line asks for. */
export type Options = {
  readonly seed: number;
  /** Rounds with fresh seeds are begun for so long; one round when left out. */
  readonly minutes?: number;
  readonly short: boolean;
  /** Names of recipes; those of the form when empty. */
  readonly recipes: readonly string[];
};

const usage = 'npm run faults -- real [--short | --minutes M] [--seed N] [--recipe NAME[,NAME]]';

/** The message says how it is used. */
export class WrongOptions extends Error {
  override readonly name = 'WrongOptions';

  constructor(why: string, known: readonly string[]) {
    super(`${why}\n${usage}\nrecipes: ${known.join(', ')}`);
  }
}

type Given = { seed?: number; minutes?: number; short: boolean; recipes: readonly string[] };

const numberOf = (text: string | undefined): number => {
  const value = Number(text);
  return text !== undefined && text !== '' && value >= 0 ? value : Number.NaN;
};

const take = (given: Given, name: string, value: string | undefined): boolean => {
  switch (name) {
    case '--seed':
      given.seed = numberOf(value);
      return Number.isSafeInteger(given.seed);
    case '--minutes':
      given.minutes = numberOf(value);
      return given.minutes > 0;
    case '--recipe':
      given.recipes = value?.split(',') ?? [];
      return given.recipes.length > 0;
    default:
      return false;
  }
};

/** Reads the command line; `freshSeed` is used when it names none. Throws WrongOptions. */
export const optionsOf = (
  args: readonly string[],
  known: readonly string[],
  freshSeed: () => number,
): Options => {
  const given: Given = { short: false, recipes: [] };
  for (let index = 0; index < args.length; index += 1) {
    const name = args[index] ?? '';
    if (name === '--short') {
      given.short = true;
      continue;
    }
    index += 1;
    if (!take(given, name, args[index])) throw new WrongOptions(`${name} is not understood`, known);
  }
  const unknown = given.recipes.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new WrongOptions(`there is no recipe ${unknown}`, known);
  if (given.short && given.minutes !== undefined)
    throw new WrongOptions('--short and --minutes exclude each other', known);
  const { seed = freshSeed(), ...rest } = given;
  return { seed, ...rest };
};
