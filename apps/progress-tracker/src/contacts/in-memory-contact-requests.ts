import { idOfContact, type ContactRequest } from './contact-request';
import { fits, type ContactPlace, type ContactRequests } from './contact-requests';

const placeOf = (request: ContactRequest): ContactPlace => ({ at: request.at, id: idOfContact(request) });

const compare = (one: ContactPlace, other: ContactPlace): number =>
  one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : Number(one.id > other.id));

/** The requests in this process alone: gone when it ends. */
export const inMemoryContactRequests = (): ContactRequests => {
  const kept = new Map<string, ContactRequest>();
  return {
    keep: (requests) => {
      for (const request of requests) {
        const id = idOfContact(request);
        if (!kept.has(id)) kept.set(id, request);
      }
      return Promise.resolve();
    },
    forget: (phone, before) => {
      for (const [id, each] of kept) if (each.phone === phone && each.sequence < before) kept.delete(id);
      return Promise.resolve();
    },
    list: (filter, { after, limit }) =>
      Promise.resolve(
        [...kept.values()]
          .filter((request) => fits(request, filter))
          .sort((one, other) => compare(placeOf(one), placeOf(other)))
          .filter((request) => after === undefined || compare(placeOf(request), after) > 0)
          .slice(0, limit),
      ),
    one: (id) => Promise.resolve(kept.get(id)),
  };
};
