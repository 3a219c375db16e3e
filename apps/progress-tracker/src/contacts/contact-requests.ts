import type { Phone } from '@stopcovid/contracts';
import type { ContactKind, ContactRequest } from './contact-request';

/** Where a list of requests goes on: behind this one. */
export type ContactPlace = { readonly at: Date; readonly id: string };

/** Which requests. `employers` are those whose people may be seen; all where it is left out. */
export type ContactFilter = {
  readonly kind?: ContactKind;
  readonly employerId?: string;
  readonly employers?: readonly string[];
};

export type ContactPage = { readonly after?: ContactPlace; readonly limit: number };

/** Everybody who asked to hear from a person, each request once. Nothing in it is ever changed, but for who is erased. */
export interface ContactRequests {
  /** Keeps those that it does not have yet. */
  keep(requests: readonly ContactRequest[]): Promise<void>;
  /** Removes the requests of a phone before this sequence. */
  forget(phone: Phone, before: number): Promise<void>;
  /** Oldest first: who waits longest comes first. Throws DocumentUnreadable. */
  list(filter: ContactFilter, page: ContactPage): Promise<readonly ContactRequest[]>;
  /** One of them; undefined where there is none of this id. Throws DocumentUnreadable. */
  one(id: string): Promise<ContactRequest | undefined>;
}

/** Is a request one of those? */
export const fits = (
  { kind, employerId }: ContactRequest,
  { kind: wanted, employerId: employer, employers }: ContactFilter,
): boolean =>
  (wanted === undefined || kind === wanted) &&
  (employer === undefined || employerId === employer) &&
  (employers === undefined || (employerId !== undefined && employers.includes(employerId)));
