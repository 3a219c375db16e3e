import type {
  CarrierStatus,
  DrillSlug,
  Language,
  Phone,
  SmsEncoding,
  SmsLogRecord,
} from '@stopcovid/contracts';
import { unreachable } from '@stopcovid/runtime';
import { given } from '../given';
import { furthest, type StatusReport } from './status-order';

export type MessageDirection = 'inbound' | 'outbound';
type Channel = NonNullable<SmsLogRecord['channel']>;

/** The message itself, or as much as a status alone tells of it: then `body` is absent. */
export type MessageContent = {
  readonly phone: Phone;
  readonly direction: MessageDirection;
  readonly at: Date;
  readonly channel: Channel;
  readonly body?: string;
  readonly mediaUrls: readonly string[];
  /** The number or service at our end. */
  readonly ourAddress?: string;
  readonly segments?: number;
  readonly encoding?: SmsEncoding;
  /** The event that a message of ours tells of. */
  readonly kind?: string;
  readonly employerId?: string;
  readonly unitId?: string;
  readonly language?: Language;
  readonly drill?: DrillSlug;
};

/** Whom a text that came in counts for: as its trainee was once it had been decided on. */
export type CountsFor = Pick<MessageContent, 'employerId' | 'unitId' | 'language'>;

/** What the carrier charged, in millionths of a currency, and when it said so. */
export type MessagePrice = { readonly millionths: number; readonly currency: string; readonly at: Date };

/** All that the log says of one message, or a part of it. */
export type LoggedMessage = {
  readonly content: MessageContent;
  /** Of a text that came in alone: the content of what we sent says so itself. */
  readonly countsFor?: CountsFor;
  /** Ours; only messages that we sent have one. */
  readonly messageId?: string;
  /** The carrier's, in order: one, but none for a message that it refused and more for one that was sent twice. */
  readonly sids: readonly string[];
  readonly report?: StatusReport;
  readonly price?: MessagePrice;
};

/** The key of a message: our id where it has one, the carrier's otherwise. */
export const idOf = ({ messageId, sids }: Pick<LoggedMessage, 'messageId' | 'sids'>): string =>
  messageId ?? sids[0] ?? '';

/** Whose message it is, whichever way it went. */
export const attributionOf = ({ content, countsFor }: LoggedMessage): CountsFor =>
  content.direction === 'inbound' ? (countsFor ?? {}) : content;

type Of<T extends SmsLogRecord['type']> = Extract<SmsLogRecord, { type: T }>;

const placeOf = ({ phone, at, channel }: SmsLogRecord) => ({
  phone,
  at: new Date(at),
  channel: channel ?? 'sms',
});

const received = (record: Of<'SmsReceived'>): LoggedMessage => ({
  content: {
    ...placeOf(record),
    direction: 'inbound',
    body: record.body,
    mediaUrls: record.mediaUrls,
    ourAddress: record.to,
    ...given({ segments: record.segments }),
  },
  sids: [record.sid],
  report: { status: 'received', at: new Date(record.at) },
});

const sentReport = ({ at, error, sid }: Of<'SmsSent'>): Pick<LoggedMessage, 'report'> => {
  if (error !== undefined) return { report: { status: 'failed', at: new Date(at), errorCode: error.code } };
  return sid === undefined ? {} : { report: { status: 'accepted', at: new Date(at) } };
};

const sent = (record: Of<'SmsSent'>): LoggedMessage => {
  const { body, mediaUrls, from, segments, encoding, kind } = record;
  const { employerId, unitId, language, drill } = record;
  return {
    content: {
      ...placeOf(record),
      direction: 'outbound',
      body,
      mediaUrls,
      ...given({ ourAddress: from, segments, encoding, kind, employerId, unitId, language, drill }),
    },
    messageId: record.messageId,
    sids: record.sid === undefined ? [] : [record.sid],
    ...sentReport(record),
  };
};

const inboundStatuses: ReadonlySet<CarrierStatus> = new Set<CarrierStatus>(['receiving', 'received']);

const countsForIn = ({
  employerId,
  unitId,
  language,
}: Of<'SmsStatusChanged'>): Pick<LoggedMessage, 'countsFor'> => {
  const countsFor = given({ employerId, unitId, language });
  return Object.keys(countsFor).length === 0 ? {} : { countsFor };
};

const statusChanged = (record: Of<'SmsStatusChanged'>): LoggedMessage => ({
  content: {
    ...placeOf(record),
    direction: inboundStatuses.has(record.status) ? 'inbound' : 'outbound',
    mediaUrls: [],
  },
  ...countsForIn(record),
  ...(record.price && { price: { ...record.price, at: new Date(record.at) } }),
  ...given({ messageId: record.messageId }),
  sids: [record.sid],
  report: { status: record.status, at: new Date(record.at), ...given({ errorCode: record.errorCode }) },
});

/** What one record says of its message. */
export const partOf = (record: SmsLogRecord): LoggedMessage => {
  switch (record.type) {
    case 'SmsReceived':
      return received(record);
    case 'SmsSent':
      return sent(record);
    case 'SmsStatusChanged':
      return statusChanged(record);
    default:
      return unreachable(record);
  }
};

const wordsOf = (fields: object): string =>
  JSON.stringify(Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1)));

/* The message itself before what a status tells, then the earlier one; the rest only makes the order total. */
const better = (one: MessageContent, other: MessageContent): MessageContent => {
  if ((one.body === undefined) !== (other.body === undefined)) return one.body === undefined ? other : one;
  const ahead = one.at.getTime() - other.at.getTime();
  if (ahead !== 0) return ahead < 0 ? one : other;
  return wordsOf(one) <= wordsOf(other) ? one : other;
};

/* A text is decided on once: two that differ are nobody's, and either will do if it is always the same. */
const sameCountsFor = (one: CountsFor | undefined, other: CountsFor | undefined): CountsFor | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  return wordsOf(one) <= wordsOf(other) ? one : other;
};

/* The carrier may correct itself: what it said last holds. */
const lastPrice = (
  one: MessagePrice | undefined,
  other: MessagePrice | undefined,
): MessagePrice | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  const ahead = one.at.getTime() - other.at.getTime();
  if (ahead !== 0) return ahead > 0 ? one : other;
  return wordsOf(one) <= wordsOf(other) ? one : other;
};

/** Two parts of one message together: the same in any order, grouping and number of repetitions. */
export const joined = (one: LoggedMessage, other: LoggedMessage): LoggedMessage => {
  const report = furthest(one.report, other.report);
  const price = lastPrice(one.price, other.price);
  return {
    content: better(one.content, other.content),
    ...given({ countsFor: sameCountsFor(one.countsFor, other.countsFor) }),
    ...given({ messageId: one.messageId ?? other.messageId }),
    sids: [...new Set([...one.sids, ...other.sids])].sort(),
    ...given({ report, price }),
  };
};
