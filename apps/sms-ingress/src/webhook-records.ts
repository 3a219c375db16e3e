import {
  carrierStatusSchema,
  commandIdSchema,
  type DialogCommand,
  type Phone,
  type SmsLogRecord,
  type Timestamp,
} from '@stopcovid/contracts';
import { addressOf } from './sender-address';
import { checkForm, InboundForm, mediaUrlsOf, StatusForm, type FormParameters } from './webhook-form';

/** What a signed webhook leads to. */
export type WebhookRecords =
  | {
      readonly kind: 'text';
      readonly phone: Phone;
      readonly command: DialogCommand;
      readonly record: SmsLogRecord;
    }
  | { readonly kind: 'status'; readonly phone: Phone; readonly record: SmsLogRecord }
  /** Well-formed, but nothing that we know how to record: answered like a success, so that nobody sends it again. */
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

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

const textRecords = ({ parameters, at }: Arrival): WebhookRecords => {
  const checked = checkForm(InboundForm, ['MessageSid', 'From', 'To', 'Body', 'NumMedia'], parameters);
  if (!checked.ok) return { kind: 'refused', reason: checked.reason };
  const { MessageSid: sid, From, To: to, Body: text = '', NumMedia } = checked.form;
  const address = addressOf(From);
  if (!address.ok) return { kind: 'refused', reason: `From: ${address.reason}` };
  const { phone } = address;
  const media = Number(NumMedia ?? 0);
  const commandId = commandIdSchema.parse(sid);
  const common = { schemaVersion: 1, phone, at, to } as const;
  return {
    kind: 'text',
    phone,
    command: { type: 'ReceiveSms', ...common, commandId, text, ...(media > 0 ? { media } : {}) },
    record: {
      type: 'SmsReceived',
      ...common,
      sid,
      body: text,
      mediaUrls: [...mediaUrlsOf(parameters, media)],
    },
  };
};

const statusRecords = ({ parameters, at, messageId }: Arrival): WebhookRecords => {
  const checked = checkForm(StatusForm, ['MessageSid', 'To', 'MessageStatus', 'ErrorCode'], parameters);
  if (!checked.ok) return { kind: 'refused', reason: checked.reason };
  const { MessageSid: sid, To, MessageStatus, ErrorCode: errorCode } = checked.form;
  const address = addressOf(To);
  if (!address.ok) return { kind: 'refused', reason: `To: ${address.reason}` };
  const status = carrierStatusSchema.safeParse(MessageStatus);
  if (!status.success) return { kind: 'ignored', reason: 'a status that we do not know' };
  const { phone } = address;
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
      ...(messageId ? { messageId } : {}),
      ...(errorCode ? { errorCode } : {}),
    },
  };
};
