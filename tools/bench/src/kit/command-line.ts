import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The command line cannot be understood; the message says how it should read. */
export class UsageError extends Error {}

type Flags = NonNullable<ParseArgsConfig['options']>;

/** The flags that were typed. Throws UsageError with the usage. */
export const flagsIn = <T extends Flags>(
  args: readonly string[],
  options: T,
  usage: string,
): ReturnType<typeof parseArgs<{ args: string[]; options: T }>>['values'] => {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : 'What?'}\n${usage}`);
  }
};

/** Reads whole numbers of a range, 1 and more unless said. Throws UsageError with the usage. */
export const countsWith =
  (usage: string) =>
  (name: string, text: string, [least, most]: readonly [number, number] = [1, Infinity]): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
    const range = most === Infinity ? `${least} on` : `${least} to ${most}`;
    throw new UsageError(`--${name} is ${text}; it goes from ${range}.\n${usage}`);
  };

/** The parts that were chosen, in the order in which they run. Throws UsageError with the usage. */
export const chosenOf = <T extends string>(
  parts: readonly T[],
  names: readonly string[],
  usage: string,
): readonly T[] => {
  const chosen = parts.filter((part) => names.includes(part));
  if (chosen.length === new Set(names).size) return chosen;
  throw new UsageError(`--only ${names.join(' ')}?\n${usage}`);
};
