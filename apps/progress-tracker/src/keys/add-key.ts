import { given } from '../given';
import { problemsIn } from '../problems-in';
import { keyRequestSchema, newKey, type ApiKey } from './api-key';
import type { ApiKeys } from './api-keys';

/** So many may hold at once: each is compared at every request, before anybody knows who asks. */
export const mostKeys = 1_000;

/** What came of adding a key. `key` is the key itself: it is told here, and never again. */
export type AddedKey =
  | { readonly kind: 'added'; readonly key: string; readonly added: ApiKey }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }
  | { readonly kind: 'taken' }
  | { readonly kind: 'tooMany' };

/** Makes a key as `content` says, and keeps its hash. */
export const addKey = async (
  content: unknown,
  { by, at }: { readonly by: string; readonly at: Date },
  keys: ApiKeys,
): Promise<AddedKey> => {
  const request = keyRequestSchema.safeParse(content);
  if (!request.success) return { kind: 'invalid', problems: problemsIn(request.error) };
  const { name, role, employers, expiresAt } = request.data;
  if (expiresAt !== undefined && expiresAt <= at)
    return { kind: 'invalid', problems: ['expiresAt: must be ahead'] };
  if ((await keys.holding(at)).keys.length >= mostKeys) return { kind: 'tooMany' };
  const { key, sha256 } = newKey();
  const added: ApiKey = {
    ...{ name, role, sha256, createdAt: at, createdBy: by },
    ...given({ employers, expiresAt }),
  };
  return (await keys.add(added)) ? { kind: 'added', key, added } : { kind: 'taken' };
};
