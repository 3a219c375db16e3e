import type { Message } from '../carrier/message';
import type { MessageFilter } from '../carrier/message-log';
import { refusals, type Refusal } from '../carrier/refusals';
import { single, type Fields } from './message-form';
import { messageJson, messagesPath } from './twilio-json';

/** What a list request asks for, once it is understood. */
export type ListRequest = {
  readonly filter: MessageFilter;
  readonly page: number;
  readonly pageSize: number;
  /** The filters as they were given, for the addresses of the other pages. */
  readonly given: readonly (readonly [name: string, value: string])[];
};

export type ReadList =
  | { readonly ok: true; readonly request: ListRequest }
  | { readonly ok: false; readonly refusal: Refusal };

const dayMs = 86_400_000;
const standardPageSize = 50;
const largestPageSize = 1_000;
const isoDay = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/** The client's `dateSentAfter` is `DateSent>`; written by hand into a URL, `DateSent>=` says the same. */
const after = ['DateSent>', 'DateSent>='] as const;
const before = ['DateSent<', 'DateSent<='] as const;
const dates = ['DateSent', ...after, ...before] as const;

const firstGiven = (query: Fields, names: readonly string[]): string | undefined =>
  names.map((name) => single(query, name)).find((value) => value !== undefined && value !== '');

/** Twilio compares days, not times of day: an instant stands for the midnight (UTC) that begins its day. */
const midnight = (value: string | undefined): Date | undefined =>
  value === undefined ? undefined : new Date(Math.floor(Date.parse(value) / dayMs) * dayMs);

const span = (query: Fields): Pick<MessageFilter, 'sentFrom' | 'sentBefore'> => {
  const on = midnight(firstGiven(query, ['DateSent']));
  if (on) return { sentFrom: on, sentBefore: new Date(on.getTime() + dayMs) };
  const from = midnight(firstGiven(query, after));
  const until = midnight(firstGiven(query, before));
  return { ...(from ? { sentFrom: from } : {}), ...(until ? { sentBefore: until } : {}) };
};

/** A page starts after the message that its token names, so that new messages do not shift it. */
const tokenOf = (message: Message): string => `PA${message.sequence.toString(16).padStart(32, '0')}`;

const isWrong: Readonly<Record<string, (value: string) => boolean>> = {
  PageSize: (value) => !/^[1-9]\d{0,3}$/.test(value),
  Page: (value) => !/^\d{1,6}$/.test(value),
  PageToken: (value) => !/^PA[0-9a-f]{32}$/.test(value),
  ...Object.fromEntries(
    dates.map((name) => [name, (value: string) => !isoDay.test(value) || Number.isNaN(Date.parse(value))]),
  ),
};

const refusalOf = (query: Fields): Refusal | undefined => {
  const size = Number(single(query, 'PageSize'));
  if (size > largestPageSize) return refusals.pageTooLarge();
  const wrong = Object.entries(isWrong).find(([name, wrongly]) => {
    const value = single(query, name);
    return value !== undefined && value !== '' && wrongly(value);
  });
  return wrong && refusals.badRequest(`The parameter ${wrong[0]} cannot be read`);
};

/** Reads a list request, or says what is wrong with it. */
export const readListRequest = (query: Fields): ReadList => {
  const refusal = refusalOf(query);
  if (refusal) return { ok: false, refusal };
  const [to, from] = [firstGiven(query, ['To']), firstGiven(query, ['From'])];
  const token = firstGiven(query, ['PageToken']);
  return {
    ok: true,
    request: {
      filter: {
        ...(to ? { to } : {}),
        ...(from ? { from } : {}),
        ...span(query),
        ...(token ? { before: Number.parseInt(token.slice(2), 16) } : {}),
      },
      page: Number(firstGiven(query, ['Page']) ?? 0),
      pageSize: Number(firstGiven(query, ['PageSize']) ?? standardPageSize),
      given: ['To', 'From', ...dates].flatMap((name) => {
        const value = firstGiven(query, [name]);
        return value === undefined ? [] : [[name, value] as const];
      }),
    },
  };
};

const pageUri = (
  accountSid: string,
  request: ListRequest,
  at: { readonly page: number; readonly token?: string },
): string => {
  const search = new URLSearchParams([
    ...request.given.map(([name, value]): [string, string] => [name, value]),
    ['PageSize', String(request.pageSize)],
    ['Page', String(at.page)],
    ...(at.token === undefined ? [] : [['PageToken', at.token] as [string, string]]),
  ]);
  return `${messagesPath(accountSid)}.json?${search.toString()}`;
};

/** So many of what comes, after leaving some out, and whether more would have come. */
const take = (
  messages: Iterable<Message>,
  skip: number,
  count: number,
): { readonly taken: readonly Message[]; readonly more: boolean } => {
  const taken: Message[] = [];
  let left = skip;
  for (const message of messages) {
    if (left > 0) left -= 1;
    else if (taken.length === count) return { taken, more: true };
    else taken.push(message);
  }
  return { taken, more: false };
};

/** One page of a list, with the address of the next; `messages` are newest first and reach no further than needed. */
export const messagePage = (accountSid: string, messages: Iterable<Message>, request: ListRequest) => {
  const { page, pageSize, filter } = request;
  const { taken, more } = take(messages, filter.before === undefined ? page * pageSize : 0, pageSize);
  const last = taken.at(-1);
  const start = page * pageSize;
  const uri = (at: { readonly page: number; readonly token?: string }) => pageUri(accountSid, request, at);
  return {
    messages: taken.map((message) => messageJson(accountSid, message)),
    page,
    page_size: pageSize,
    start,
    end: start + Math.max(0, taken.length - 1),
    uri: uri({ page }),
    first_page_uri: uri({ page: 0 }),
    next_page_uri: more && last ? uri({ page: page + 1, token: tokenOf(last) }) : null,
    previous_page_uri: page > 0 ? uri({ page: page - 1 }) : null,
  };
};
