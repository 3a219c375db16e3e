import type { Secret } from '@stopcovid/runtime';
import { z } from 'zod';
import type { ApiKeys } from '../keys/api-keys';
import { holdsAt } from '../keys/api-key';
import { sealOf } from '../seal';
import type { Export } from './export';

/** A link to a file that needs no key: whoever has it has the file, until then. */
export type Link = { readonly id: string; readonly by: string; readonly until: Date };

/** Makes and reads links. */
export type Links = {
  /** For the key that asks for it: an hour long, and never longer than there is the file. */
  readonly make: (one: Export, by: string) => { readonly token: string; readonly until: Date };
  /** Undefined for what is no link of ours to this export, has ended, or was given to a key that was revoked. */
  readonly open: (token: string, id: string) => Promise<Link | undefined>;
};

export type LinkParts = {
  /** Links are read where the same keys are set: with others they end. */
  readonly secret: Secret;
  readonly keys: Pick<ApiKeys, 'all'>;
  readonly now: () => Date;
};

export const linkMs = 60 * 60 * 1_000;

const contentSchema = z
  .tuple([z.string(), z.string(), z.number()])
  .transform(([id, by, until]): Link => ({ id, by, until: new Date(until) }));

/** Links to the files of exports, which show nothing and cannot be changed. */
export const linksOf = ({ secret, keys, now }: LinkParts): Links => {
  const seal = sealOf(secret, 'links to files of exports');
  const read = (token: string): Link | undefined => {
    try {
      return contentSchema.parse(JSON.parse(seal.open(token)));
    } catch {
      return undefined;
    }
  };
  /* The store is asked at once: a link goes by no key that was read some seconds ago. */
  const isRevoked = async ({ by }: Link): Promise<boolean> => {
    const all = await keys.all();
    const key = all.keys.find(({ name }) => name === by);
    return all.unreadable.includes(by) || (key !== undefined && !holdsAt(key, now()));
  };
  return {
    make: ({ id, expiresAt }, by) => {
      const until = new Date(Math.min(now().getTime() + linkMs, expiresAt.getTime()));
      return { token: seal.close(JSON.stringify([id, by, until.getTime()])), until };
    },
    open: async (token, id) => {
      const link = read(token);
      if (link === undefined || link.id !== id || link.until <= now() || (await isRevoked(link)))
        return undefined;
      return link;
    },
  };
};
