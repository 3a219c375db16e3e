import { given } from '../given';
import type { ContactAnswer, ContactAnswers } from './contact-answers';
import { idOfContact, type ContactRequest } from './contact-request';
import {
  fits,
  type ContactFilter,
  type ContactPage,
  type ContactPlace,
  type ContactRequests,
} from './contact-requests';

/** A request, and that somebody has seen to it. */
export type Contact = { readonly request: ContactRequest; readonly answer?: ContactAnswer };

/** What requests are kept in, and what was done about them. */
export type ContactParts = { readonly requests: ContactRequests; readonly answers: ContactAnswers };

/** `answered` says which: those that nobody has seen to, unless it is true; then all of them. */
export type ContactsAsked = ContactFilter & { readonly answered?: boolean };

/** A page may be short, and go on. */
export type Contacts = { readonly items: readonly Contact[]; readonly next?: ContactPlace };

const withAnswers = async (
  answers: ContactAnswers,
  requests: readonly ContactRequest[],
): Promise<readonly Contact[]> => {
  const known = await answers.of(requests.map(idOfContact));
  return requests.map((request) => {
    const answer = known.get(idOfContact(request));
    return { request, ...(answer === undefined ? {} : { answer }) };
  });
};

const placeOf = ({ request }: Contact): ContactPlace => ({ at: request.at, id: idOfContact(request) });

/* So that a look through years of answered requests ends: the next page goes on from there. */
const mostLooks = 20;
const perLook = 500;

const following = (items: readonly Contact[], after: ContactPlace | undefined): Contacts =>
  after === undefined ? { items } : { items, next: after };

/** Who asked to hear from a person, the longest wait first. */
export const contacts = async (
  { requests, answers }: ContactParts,
  { answered = false, ...filter }: ContactsAsked,
  { after: from, limit }: ContactPage,
): Promise<Contacts> => {
  const items: Contact[] = [];
  let after = from;
  for (let look = 0; look < mostLooks; look += 1) {
    const found = await withAnswers(
      answers,
      await requests.list(filter, { limit: perLook, ...given({ after }) }),
    );
    for (const contact of found) {
      if (items.length === limit) return following(items, after);
      if (answered || contact.answer === undefined) items.push(contact);
      after = placeOf(contact);
    }
    if (found.length < perLook) return { items };
  }
  return following(items, after);
};

/** Puts on record that somebody has seen to a request; undefined where there is none of this id among those employers'. */
export const answerContact = async (
  { requests, answers }: ContactParts,
  answer: ContactAnswer,
  employers: readonly string[] | undefined,
): Promise<Contact | undefined> => {
  const request = await requests.one(answer.id);
  if (request === undefined || !fits(request, given({ employers }))) return undefined;
  return { request, answer: await answers.keep(answer) };
};
