import { problemsIn } from '../problems-in';
import { audienceNameSchema, audienceSchema } from './audience';
import type { Audiences, SavedAudience } from './audiences';

/** What came of saving: the audience as it is now, or what is wrong with it, by field. */
export type Saved =
  | { readonly kind: 'saved'; readonly saved: SavedAudience }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Saves an audience under a name. Broadcasts that were confirmed keep the list that they have. */
export const saveAudience = async (
  said: { readonly name: string; readonly content: unknown },
  change: { readonly by: string; readonly at: Date },
  audiences: Audiences,
): Promise<Saved> => {
  const name = audienceNameSchema.safeParse(said.name);
  const audience = audienceSchema.safeParse(said.content);
  const problems = [
    ...(name.success ? [] : problemsIn(name.error).map((problem) => `name: ${problem}`)),
    ...(audience.success ? [] : problemsIn(audience.error)),
  ];
  if (!name.success || !audience.success) return { kind: 'invalid', problems };
  const saved = { name: name.data, audience: audience.data, changedBy: change.by, changedAt: change.at };
  await audiences.save(saved);
  return { kind: 'saved', saved };
};
