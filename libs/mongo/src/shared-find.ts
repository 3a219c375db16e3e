import { shareCalls } from '@stopcovid/runtime';
import { sharing } from './sharing';

/** Finds the documents of some keys, each once. */
export type FindByKeys<D> = (keys: readonly string[]) => Promise<readonly D[]>;

/**
 * Finds for callers who ask at the same time: keys that come while a question is on its way share the next one.
 * `keysOf` says by which keys a document is found; each caller gets those of their own keys. Many keys are a question of
 * their own.
 */
export const sharedFind = <D>(
  find: FindByKeys<D>,
  keysOf: (document: D) => readonly string[],
): FindByKeys<D> => {
  const share = shareCalls(async (all: readonly (readonly string[])[]) => {
    const [only, ...others] = all;
    if (only !== undefined && others.length === 0) return [await find(only)];
    const found = await find([...new Set(all.flat())]);
    return all.map((keys) => {
      const own = new Set(keys);
      return found.filter((document) => keysOf(document).some((key) => own.has(key)));
    });
  }, sharing);
  return async (keys) => (keys.length === 0 ? [] : share(keys));
};
