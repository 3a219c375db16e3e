import {
  commandIdSchema,
  encodeBatch,
  languageSchema,
  phoneSchema,
  timestampSchema,
  type EventBatch,
  type Phone,
} from '@stopcovid/contracts';

/** Phones of one part of the run, which no other part uses, and none of them the carrier's own number. */
export const phonesOf = (part: number, count: number): readonly Phone[] =>
  Array.from({ length: count }, (_, index) => phoneSchema.parse(`+1${305 + part}${5_550_000 + index}`));

/** The words of a text: its place is in them, so that order shows, and its round, so that nothing looks like a loop. */
export const bodyOf = (phone: Phone, place: number, version: number): string =>
  `${place}: a text of usual length for the phone ${phone}, as it would stand in drill ${version} about hygiene.`;

/** What is asked for each phone: the version of its batch, from 1 on, and how many texts that brings. */
export type Round = { readonly version: number; readonly texts: number };

/** One batch that has so many texts sent to a phone. */
export const batchFor = (phone: Phone, { version, texts }: Round, at: Date): string => {
  const batch: EventBatch = {
    type: 'EventBatch',
    schemaVersion: 1,
    phone,
    at: timestampSchema.parse(at.toISOString()),
    version,
    commandId: commandIdSchema.parse(`bench-${phone}-${version}`),
    commandType: 'SendMessage',
    trainee: {
      registration: null,
      optedOut: false,
      profile: { language: languageSchema.parse('en'), answers: {} },
      account: {},
    },
    events: Array.from({ length: texts }, (_, place) => ({
      type: 'MessageRequested',
      text: bodyOf(phone, place, version),
    })),
  };
  return encodeBatch(batch);
};
