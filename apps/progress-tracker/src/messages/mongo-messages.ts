import {
  carrierStatusSchema,
  drillSlugSchema,
  languageSchema,
  phoneSchema,
  smsEncodingSchema,
} from '@stopcovid/contracts';
import { readStored, type Stored } from '@stopcovid/mongo';
import { Schema } from 'mongoose';
import { z } from 'zod';
import { given } from '../given';
import type { StoredMessage } from './fold-records';
import { attributionOf, type CountsFor, type LoggedMessage } from './logged-message';

/* Null where there is nothing, but for the carrier's ids: their indexes leave out what has none. */
const documentSchema = z.object({
  _id: z.string(),
  version: z.int(),
  writeId: z.string(),
  phone: phoneSchema,
  direction: z.enum(['inbound', 'outbound']),
  channel: z.enum(['sms', 'whatsapp']),
  body: z.string().nullable(),
  mediaUrls: z.array(z.string()),
  ourAddress: z.string().nullable(),
  messageId: z.string().nullable(),
  sid: z.string().optional(),
  moreSids: z.array(z.string()).optional(),
  status: carrierStatusSchema.nullable(),
  statusAt: z.date().nullable(),
  errorCode: z.string().nullable(),
  segments: z.int().nullable(),
  encoding: smsEncodingSchema.nullable(),
  kind: z.string().nullable(),
  employerId: z.string().nullable(),
  at: z.date(),
  /** Of `at`, YYYY-MM-DD in UTC: cost is asked by day. */
  day: z.string(),
  /* Later than the rest: a document of an earlier release has none of them. */
  unitId: z.string().exactOptional(),
  language: languageSchema.exactOptional(),
  drill: drillSlugSchema.exactOptional(),
  millionths: z.int().exactOptional(),
  currency: z.string().exactOptional(),
  pricedAt: z.date().exactOptional(),
});

/** A message as stored. */
export type MessageDocument = z.infer<typeof documentSchema>;

/** The messages by our id, or the carrier's for those that we did not send, in the collection named. */
export const messagesSchema = (collection: string): Schema<MessageDocument> =>
  new Schema<MessageDocument>(
    {
      _id: String,
      version: Number,
      writeId: String,
      phone: String,
      direction: String,
      channel: String,
      body: String,
      mediaUrls: [String],
      ourAddress: String,
      messageId: String,
      sid: String,
      /* Without a default: an empty list would be indexed. */
      moreSids: { type: [String], default: undefined },
      status: String,
      statusAt: Date,
      errorCode: String,
      segments: Number,
      encoding: String,
      kind: String,
      employerId: String,
      at: Date,
      day: String,
      unitId: String,
      language: String,
      drill: String,
      millionths: Number,
      currency: String,
      pricedAt: Date,
    },
    { collection, versionKey: false, minimize: false },
  )
    .index({ sid: 1 }, { unique: true, sparse: true })
    .index({ moreSids: 1 }, { sparse: true })
    .index({ at: -1, _id: -1 })
    .index({ phone: 1, at: -1, _id: -1 })
    .index({ status: 1, at: -1, _id: -1 })
    .index({ day: 1 });

type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** The given fields, without those that are null. */
const present = <T extends object>(fields: T): Present<T> => {
  const kept: Present<T> = {};
  for (const name in fields) if (fields[name] !== null) Reflect.set(kept, name, fields[name]);
  return kept;
};

const reportOf = ({ status, statusAt, errorCode }: MessageDocument): Pick<LoggedMessage, 'report'> =>
  status === null || statusAt === null ? {} : { report: { status, at: statusAt, ...present({ errorCode }) } };

/* The same fields for both directions, so that both are found and counted alike. */
const attributedIn = (document: MessageDocument): CountsFor => {
  const { employerId, unitId, language } = document;
  return { ...present({ employerId }), ...given({ unitId, language }) };
};

const priceOf = ({ millionths, currency, pricedAt }: MessageDocument): Pick<LoggedMessage, 'price'> =>
  millionths === undefined || currency === undefined || pricedAt === undefined
    ? {}
    : { price: { millionths, currency, at: pricedAt } };

const toMessage = (document: MessageDocument): LoggedMessage => {
  const { phone, direction, channel, at, mediaUrls, messageId, sid, moreSids } = document;
  const { body, ourAddress, segments, encoding, kind, drill } = document;
  const attributed = attributedIn(document);
  const cameIn = direction === 'inbound';
  return {
    content: {
      phone,
      direction,
      at,
      channel,
      mediaUrls,
      ...present({ body, ourAddress, segments, encoding, kind }),
      ...(cameIn ? {} : attributed),
      ...given({ drill }),
    },
    ...(cameIn && Object.keys(attributed).length > 0 ? { countsFor: attributed } : {}),
    ...present({ messageId }),
    sids: sid === undefined ? [] : [sid, ...(moreSids ?? [])],
    ...reportOf(document),
    ...priceOf(document),
  };
};

/** A document as the domain has it. */
export const storedMessageSchema: z.ZodType<StoredMessage> = documentSchema.transform((document) => ({
  version: document.version,
  writeId: document.writeId,
  message: toMessage(document),
}));

/** Reads a document, or says what makes it unreadable. */
export const readMessage = (raw: unknown): Stored<StoredMessage> => readStored(storedMessageSchema, raw);

/** The carrier's ids as they are set on a document; nothing where there are none. */
export const sidFields = ({ sids: [sid, ...more] }: LoggedMessage): Partial<MessageDocument> => ({
  ...(sid === undefined ? {} : { sid }),
  ...(more.length === 0 ? {} : { moreSids: more }),
});

const orNull = <T>(value: T | undefined): T | null => value ?? null;

/** What is set on the document of a message, but for the carrier's ids. */
export const fromMessage = (
  message: LoggedMessage,
): Omit<MessageDocument, '_id' | 'writeId' | 'version' | 'sid' | 'moreSids'> => {
  const { content, report, price } = message;
  const { employerId, unitId, language } = attributionOf(message);
  return {
    phone: content.phone,
    direction: content.direction,
    channel: content.channel,
    body: orNull(content.body),
    mediaUrls: [...content.mediaUrls],
    ourAddress: orNull(content.ourAddress),
    messageId: orNull(message.messageId),
    status: orNull(report?.status),
    statusAt: orNull(report?.at),
    errorCode: orNull(report?.errorCode),
    segments: orNull(content.segments),
    encoding: orNull(content.encoding),
    kind: orNull(content.kind),
    employerId: orNull(employerId),
    at: content.at,
    day: content.at.toISOString().slice(0, 10),
    ...given({ unitId, language, drill: content.drill }),
    ...(price && { millionths: price.millionths, currency: price.currency, pricedAt: price.at }),
  };
};
