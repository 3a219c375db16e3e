import type { MessageRequest } from '../carrier/admission';

/** A form or query as the server parses it: a field given several times becomes a list. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

type Field = readonly [name: string, value: string | readonly string[]];

const isField = (entry: readonly [string, unknown]): entry is Field => {
  const [, value] = entry;
  return typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
};

/** The fields of a body; one that is no form has none. */
export const fieldsOf = (body: unknown): Fields =>
  typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body).filter(isField)) : {};

/** A field's only or first value. */
export const single = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' ? value : value?.[0];
};

const many = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
};

const optional = <K extends keyof MessageRequest>(key: K, value: MessageRequest[K] | undefined) =>
  value === undefined ? {} : { [key]: value };

/** Reads the create form. Fields that this carrier does not act upon (`ValidityPeriod` …) are left alone. */
export const readMessageForm = (form: Fields): MessageRequest => ({
  media: many(form, 'MediaUrl'),
  ...optional('to', single(form, 'To')?.trim()),
  ...optional('from', single(form, 'From')?.trim()),
  ...optional('messagingServiceSid', single(form, 'MessagingServiceSid')?.trim()),
  ...optional('body', single(form, 'Body')),
  ...optional('statusCallback', single(form, 'StatusCallback')),
});
