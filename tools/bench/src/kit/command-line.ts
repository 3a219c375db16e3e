import { InvalidArgumentError, Option } from 'commander';

/** Reads whole numbers of a range, 1 and more unless said. Throws what it takes instead. */
export const count =
  (least = 1, most = Infinity) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It goes from ${least} ${most === Infinity ? 'on' : `to ${most}`}.`);
  };

/** Which parts of a benchmark are measured: all, unless some are named. */
export const only = (parts: readonly string[]): Option =>
  new Option('--only <part...>', 'measure these alone').choices(parts).default([...parts], 'all');
