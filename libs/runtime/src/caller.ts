import { heldKey, type ApiKeys } from './api-key';

/** What a key may do; each may also do what the ones before it may: read; act; manage keys and schedules. */
export const roles = ['analyst', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** May who is of this role do what needs the other one? */
export const covers = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);

/**
 * Who asks: the name of their key, and what it may do. Where it has `employers`, only these concern it: it learns nothing
 * of others, and acts on none of them.
 */
export type Caller = { readonly name: string; readonly role: Role; readonly employers?: readonly string[] };

/** Who is behind a header `Authorization`. */
export interface Callers {
  /** Nobody, where there is no key or none that holds. Rejects when the keys cannot be reached. */
  of(authorization: string | undefined): Promise<Caller | undefined>;
}

/** The keys of a setting: each may do everything. */
export const settingsCallers = (keys: ApiKeys): Callers => ({
  of: (authorization) => {
    const held = heldKey(keys, authorization);
    return Promise.resolve(held === undefined ? undefined : { name: held.name, role: 'admin' });
  },
});
