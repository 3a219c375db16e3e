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

/** The words of a text: its place is in them, so that order shows. */
export const bodyOf = (phone: Phone, place: number): string =>
  `${place}: a text of usual length for the phone ${phone}, as it would stand in a drill about hygiene.`;

/** One batch that has so many texts sent to a phone. */
export const batchFor = (phone: Phone, texts: number, at: Date): string => {
  const batch: EventBatch = {
    type: 'EventBatch',
    schemaVersion: 1,
    phone,
    at: timestampSchema.parse(at.toISOString()),
    version: 1,
    commandId: commandIdSchema.parse(`bench-${phone}`),
    commandType: 'SendMessage',
    trainee: {
      registration: null,
      optedOut: false,
      profile: { language: languageSchema.parse('en'), answers: {} },
      account: {},
    },
    events: Array.from({ length: texts }, (_, place) => ({
      type: 'MessageRequested',
      text: bodyOf(phone, place),
    })),
  };
  return encodeBatch(batch);
};
