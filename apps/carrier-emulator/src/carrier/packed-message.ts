import type { Message } from './message';

/** A message as one string: half of the memory of the objects that it is made of, and one thing to collect. */
export type PackedMessage = string;

const ends: ReadonlySet<Message['status']> = new Set(['delivered', 'read', 'undelivered', 'failed']);

/** Whether a message has come to its end. A later version of it may still come: WhatsApp tells that it was read. */
export const isOver = (message: Message): boolean =>
  message.direction === 'inbound' ? message.handover.kind !== 'underWay' : ends.has(message.status);

type Inbound = Extract<Message, { readonly direction: 'inbound' }>;
type Outbound = Exclude<Message, Inbound>;

/* Names would be half of the string. */
type Row = readonly [
  sid: string,
  sequence: number,
  from: string,
  to: string,
  body: string,
  media: readonly string[] | 0,
  segments: number,
  createdAt: number,
  updatedAt: number,
  sentAt: number,
  status: Message['status'],
  messagingServiceSid: string | 0,
  own:
    | readonly [direction: Inbound['direction'], handover: Inbound['handover']]
    | readonly [
        direction: Outbound['direction'],
        statusCallback: string | 0,
        error: NonNullable<Outbound['error']> | 0,
      ],
];

const ownOf = (message: Message): Row[12] =>
  message.direction === 'inbound'
    ? [message.direction, message.handover]
    : [message.direction, message.statusCallback ?? 0, message.error ?? 0];

/** Packs a message. */
export const packed = (message: Message): PackedMessage => {
  const row: Row = [
    message.sid,
    message.sequence,
    message.from,
    message.to,
    message.body,
    message.media.length === 0 ? 0 : message.media,
    message.segments,
    message.createdAt.getTime(),
    message.updatedAt.getTime(),
    message.sentAt?.getTime() ?? 0,
    message.status,
    message.messagingServiceSid ?? 0,
    ownOf(message),
  ];
  return JSON.stringify(row);
};

/** The message that was packed. */
export const unpacked = (text: PackedMessage): Message => {
  const row = JSON.parse(text) as Row;
  const [sid, sequence, from, to, body, media, segments, createdAt, updatedAt, sentAt, status, service, own] =
    row;
  const common = {
    sid,
    sequence,
    from,
    to,
    body,
    media: media === 0 ? [] : media,
    segments,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    ...(sentAt === 0 ? {} : { sentAt: new Date(sentAt) }),
    ...(service === 0 ? {} : { messagingServiceSid: service }),
    status,
  };
  if (own[0] === 'inbound') return { ...common, direction: own[0], handover: own[1] };
  const [direction, statusCallback, error] = own;
  return {
    ...common,
    direction,
    ...(statusCallback === 0 ? {} : { statusCallback }),
    ...(error === 0 ? {} : { error }),
  };
};
