import { createHash } from 'node:crypto';
import type { Secret } from '@stopcovid/runtime';
import { z } from 'zod';
import { invalidParameter, Problem } from '../problems/problem';
import { sealOf, type Seal } from '../seal';

/** The token of what makes and reads cursors. */
export const CURSORS = Symbol('CURSORS');

/** A list as it was asked for: its name, what narrows it down, and how a place in it is read. */
export type Listing<P> = {
  readonly list: string;
  readonly filter: object;
  readonly placeIn: (json: unknown) => P;
};

/** One page of a listing: where it begins, and what leads to the next one. */
export type Paging<P> = {
  /** Empty without a cursor. Throws 400 for one that we did not give, or gave for another listing. */
  readonly after: (cursor: string | undefined) => { readonly after?: P };
  /** Empty on the last page. */
  readonly next: (place: P | undefined) => { readonly nextCursor?: string };
};

/** Makes and reads the cursors of all lists. */
export type Cursors = { readonly of: <P>(listing: Listing<P>) => Paging<P> };

const fingerprintOf = ({ list, filter }: Omit<Listing<never>, 'placeIn'>): string => {
  const said = Object.entries(filter).filter(([, value]) => value !== undefined);
  const sorted = said.sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([list, sorted]))
    .digest('base64url')
    .slice(0, 16);
};

const contentSchema = z.tuple([z.string(), z.unknown()]);

const contentOf = (seal: Seal, cursor: string): z.infer<typeof contentSchema> => {
  try {
    return contentSchema.parse(JSON.parse(seal.open(cursor)));
  } catch {
    throw invalidParameter('cursor', 'cursor is not one that this service gave');
  }
};

const foreign = (): Problem => {
  const detail = 'cursor belongs to another list or filter: ask for the first page of this one without it';
  return new Problem('foreign-cursor', detail, { errors: [{ detail, parameter: 'cursor' }] });
};

/**
 * Cursors that show nothing to who holds them, since a place may be a phone number, and fit the listing alone that they
 * were given for. All replicas with the same keys read each other's; with new keys lists are begun anew.
 */
export const cursors = (keys: Secret): Cursors => {
  const seal = sealOf(keys, 'cursors of lists');
  return {
    of: (listing) => {
      const fingerprint = fingerprintOf(listing);
      return {
        after: (cursor) => {
          if (cursor === undefined) return {};
          const [given, place] = contentOf(seal, cursor);
          if (given !== fingerprint) throw foreign();
          return { after: listing.placeIn(place) };
        },
        next: (place) =>
          place === undefined ? {} : { nextCursor: seal.close(JSON.stringify([fingerprint, place])) },
      };
    },
  };
};

const placeInTimeSchema = z.object({
  at: z.iso.datetime().transform((text) => new Date(text)),
  id: z.string(),
});

/** The place of what is listed newest first, and of the same moment the greater id first. */
export const placeInTime = (json: unknown): z.infer<typeof placeInTimeSchema> =>
  placeInTimeSchema.parse(json);
