import { carrierStatusSchema, type Phone, type SmsLogRecord, type Timestamp } from '@stopcovid/contracts';
import { addressOf } from '@stopcovid/twilio';
import { recordsOfText, type ArrivedText, type TextRecords } from './text-records';
import { checkForm, InboundForm, mediaUrlsOf, StatusForm, type FormParameters } from './webhook-form';

/** What a signed webhook leads to. */
export type WebhookRecords =
  | TextRecords
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'status'; readonly phone: Phone; readonly record: SmsLogRecord }
  /** Well-formed, but nothing that we know how to record: answered like a success, so that nobody sends it again. */
  | { readonly kind: 'ignored'; readonly reason: string };

/** Which webhook it is: `either` for the one URL that takes both. */
export type WebhookKind = 'text' | 'status' | 'either';

type Arrival = {
  readonly parameters: FormParameters;
  readonly at: Timestamp;
  /** Our own id of the text, from the callback URL that the sender gave. */
  readonly messageId?: string;
};

/** The command and the log record of a webhook. Its signature must have been checked. */
export const recordsOf = (kind: WebhookKind, arrival: Arrival): WebhookRecords => {
  const isStatus =
    kind === 'status' || (kind === 'either' && arrival.parameters['MessageStatus'] !== undefined);
  return isStatus ? statusRecords(arrival) : textRecords(arrival);
};

const inboundFields = ['MessageSid', 'From', 'To', 'Body', 'NumMedia'] as const;

const textRecords = ({ parameters, at }: Arrival): WebhookRecords => {
  const checked = checkForm(InboundForm, inboundFields, parameters);
  if (!checked.ok) return { kind: 'refused', reason: checked.reason };
  const { MessageSid: sid, From, To: to, Body: text = '', NumMedia } = checked.form;
  const media = Number(NumMedia ?? 0);
  const mediaUrls = mediaUrlsOf(parameters, media);
  const segments = numberIn(parameters['NumSegments']);
  const carrierHeard = heardBy(parameters['OptOutType']);
  return recordsOfText({ sid, from: From, to, text, at, media, mediaUrls, segments, carrierHeard });
};

/** A hint beside our own rules: a value that is new to us is no reason to refuse the text. */
const heardBy = (optOutType: FormParameters[string] | undefined): ArrivedText['carrierHeard'] =>
  (['STOP', 'START', 'HELP'] as const).find((known) => known === optOutType);

const numberIn = (digits: FormParameters[string] | undefined): number | undefined =>
  typeof digits === 'string' && /^\d{1,3}$/.test(digits) ? Number(digits) : undefined;

const statusRecords = ({ parameters, at, messageId }: Arrival): WebhookRecords => {
  const checked = checkForm(StatusForm, ['MessageSid', 'To', 'MessageStatus', 'ErrorCode'], parameters);
  if (!checked.ok) return { kind: 'refused', reason: checked.reason };
  const { MessageSid: sid, To, MessageStatus, ErrorCode: errorCode } = checked.form;
  const address = addressOf(To);
  if (!address.ok) return { kind: 'ignored', reason: `To: ${address.reason}` };
  const status = carrierStatusSchema.safeParse(MessageStatus);
  if (!status.success) return { kind: 'ignored', reason: 'a status that we do not know' };
  const { phone, channel } = address;
  return {
    kind: 'status',
    phone,
    record: {
      type: 'SmsStatusChanged',
      schemaVersion: 1,
      phone,
      at,
      sid,
      status: status.data,
      ...(channel === 'whatsapp' && { channel }),
      ...(messageId ? { messageId } : {}),
      ...(errorCode ? { errorCode } : {}),
    },
  };
};
