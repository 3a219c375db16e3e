import { isMongoOutage } from '@stopcovid/mongo';
import { shareCalls } from '@stopcovid/runtime';

/**
 * Takes lists that come at the same moment, or while one is being taken, as one list. Taking something twice must do no
 * harm: where a shared one fails each is taken alone, unless the database is away. A long list is taken by itself, an empty
 * one is not taken.
 */
export const shareLists = <T>(
  take: (list: readonly T[]) => Promise<void>,
): ((list: readonly T[]) => Promise<void>) => {
  const share = shareCalls(
    async (lists: readonly (readonly T[])[]) => {
      await take(lists.flat());
      return lists.map(() => undefined);
    },
    { isEverybodys: isMongoOutage, sizeOf: (list) => list.length },
  );
  return async (list) => {
    if (list.length > 0) await share(list);
  };
};
