import { createHash, randomUUID } from 'node:crypto';

const asUuid = (hex: string): string =>
  [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');

/** Ids in UUID form: random ones, or with a seed always the same in the same order. */
export const idsOf = (seed: string | undefined): (() => string) => {
  if (seed === undefined) return randomUUID;
  let count = 0;
  return () =>
    asUuid(
      createHash('sha256')
        .update(`${seed}:${(count += 1)}`)
        .digest('hex'),
    );
};
