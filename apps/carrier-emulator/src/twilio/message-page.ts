import type { Message } from '../carrier/message';
import type { MessageFilter } from '../carrier/message-log';
import { single, type Fields } from './message-form';
import { messageJson, messagesPath } from './twilio-json';

const dayMs = 86_400_000;
const standardPageSize = 50;
const largestPageSize = 1_000;

/** Twilio compares days, not times of day: an instant stands for the midnight (UTC) that begins its day. */
const midnight = (value: string | undefined): Date | undefined => {
  const at = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(at) ? undefined : new Date(Math.floor(at / dayMs) * dayMs);
};

const span = (query: Fields): Pick<MessageFilter, 'sentFrom' | 'sentBefore'> => {
  const on = midnight(single(query, 'DateSent'));
  if (on) return { sentFrom: on, sentBefore: new Date(on.getTime() + dayMs) };
  const from = midnight(single(query, 'DateSent>'));
  const before = midnight(single(query, 'DateSent<'));
  return { ...(from ? { sentFrom: from } : {}), ...(before ? { sentBefore: before } : {}) };
};

/** What a list request asks for. */
export const readMessageFilter = (query: Fields): MessageFilter => {
  const to = single(query, 'To');
  const from = single(query, 'From');
  return { ...(to ? { to } : {}), ...(from ? { from } : {}), ...span(query) };
};

const wholeNumber = (value: string | undefined, standard: number): number =>
  value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : standard;

/** Where a page starts: after the message that its token names, so that new messages do not shift it. */
const startOf = (messages: readonly Message[], query: Fields, pageSize: number): number => {
  const token = single(query, 'PageToken');
  const page = wholeNumber(single(query, 'Page'), 0);
  if (token === undefined) return page * pageSize;
  const index = messages.findIndex((message) => `PA${message.sid}` === token);
  return index === -1 ? messages.length : index + 1;
};

const pageUri = (accountSid: string, query: Fields, changes: Readonly<Record<string, string>>): string => {
  const filters = ['To', 'From', 'DateSent', 'DateSent>', 'DateSent<'].flatMap((name) => {
    const value = single(query, name);
    return value === undefined ? [] : [[name, value] as [string, string]];
  });
  const search = new URLSearchParams([...filters, ...Object.entries(changes)]);
  return `${messagesPath(accountSid)}.json?${search.toString()}`;
};

/** One page of a list, with the address of the next; `messages` are newest first. */
export const messagePage = (accountSid: string, messages: readonly Message[], query: Fields) => {
  const wanted = wholeNumber(single(query, 'PageSize'), standardPageSize);
  const pageSize = Math.min(largestPageSize, Math.max(1, wanted));
  const page = wholeNumber(single(query, 'Page'), 0);
  const start = startOf(messages, query, pageSize);
  const shown = messages.slice(start, start + pageSize);
  const last = shown.at(-1);
  const size = { PageSize: String(pageSize) };
  const more = last !== undefined && start + shown.length < messages.length;
  return {
    messages: shown.map((message) => messageJson(accountSid, message)),
    page,
    page_size: pageSize,
    start,
    end: start + Math.max(0, shown.length - 1),
    uri: pageUri(accountSid, query, { ...size, Page: String(page) }),
    first_page_uri: pageUri(accountSid, query, { ...size, Page: '0' }),
    next_page_uri: more
      ? pageUri(accountSid, query, { ...size, Page: String(page + 1), PageToken: `PA${last.sid}` })
      : null,
    previous_page_uri: page > 0 ? pageUri(accountSid, query, { ...size, Page: String(page - 1) }) : null,
  };
};
