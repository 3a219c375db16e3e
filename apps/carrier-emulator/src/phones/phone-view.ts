import { unreachable } from '@stopcovid/runtime';
import type { MessageRequest } from '../carrier/admission';
import type { Carrier, Change } from '../carrier/carrier';
import { phoneOf, type Handover, type Message } from '../carrier/message';
import type { Phone } from '../carrier/phone-book';
import type { Refusal } from '../carrier/refusals';

/** How far a message is, seen by a person who holds the phone. */
export type ViewStatus = 'sending' | 'onItsWay' | 'delivered' | 'failed';

/** A message as a phone shows it: `mine` was written on this phone. */
export type MessageView = {
  readonly sid: string;
  readonly sequence: number;
  readonly phone: string;
  readonly mine: boolean;
  readonly body: string;
  readonly media: readonly string[];
  readonly segments: number;
  readonly at: string;
  readonly status: ViewStatus;
  /** The carrier's own word for the status, or why it failed. */
  readonly note: string;
};

/** When a person could first see it: on writing it, or once it had come. */
const seenAt = (message: Message): Date =>
  message.direction === 'inbound' ? message.createdAt : message.updatedAt;

const hasArrived = ({ status }: Message): boolean => status === 'delivered' || status === 'read';

const progressOf = (message: Message): { readonly status: ViewStatus; readonly note: string } => {
  if (message.direction !== 'inbound') {
    if (message.error) return { status: 'failed', note: `${message.error.message} (${message.error.code})` };
    return { status: hasArrived(message) ? 'delivered' : 'onItsWay', note: message.status };
  }
  return handoverProgress(message.handover);
};

const handoverProgress = (handover: Handover): { readonly status: ViewStatus; readonly note: string } => {
  switch (handover.kind) {
    case 'accepted':
      return { status: 'delivered', note: 'delivered' };
    case 'refused':
      return { status: 'failed', note: handover.reason };
    case 'lost':
      return { status: 'failed', note: 'a fault swallowed it; only the carrier’s list has it' };
    case 'underWay':
      return { status: 'sending', note: handover.attempt === 1 ? 'sending' : `attempt ${handover.attempt}` };
    default:
      return unreachable(handover);
  }
};

export const messageView = (message: Message): MessageView => ({
  sid: message.sid,
  sequence: message.sequence,
  phone: phoneOf(message),
  mine: message.direction === 'inbound',
  body: message.body,
  media: message.media,
  segments: message.segments,
  at: seenAt(message).toISOString(),
  ...progressOf(message),
});

/** A phone with its conversation, oldest message first. */
export const phoneView = (carrier: Carrier, phone: Phone) => ({
  number: phone.address,
  name: phone.name,
  optedOut: carrier.isOptedOut(phone.address),
  faults: carrier.faults.ownOf(phone.address),
  messages: carrier.messages.conversation(phone.address).map(messageView),
});

/** Everything on the wall. */
export const wallView = (carrier: Carrier) => ({
  phones: carrier.phones().map((phone) => phoneView(carrier, phone)),
  settings: carrier.faults.settings,
});

const refusalView = ({ to = '', body = '' }: MessageRequest, { message, code }: Refusal) => ({
  phone: to,
  body,
  note: `the carrier did not take it, ${message} (${code})`,
});

/** One change, as the event stream tells it. */
export const changeView = (carrier: Carrier, change: Change): { type: Change['type']; data: object } => {
  switch (change.type) {
    case 'message':
      return { type: 'message', data: messageView(change.message) };
    case 'phone':
      return { type: 'phone', data: phoneView(carrier, change.phone) };
    case 'removal':
      return { type: 'removal', data: { number: change.phone } };
    case 'refusal':
      return { type: 'refusal', data: refusalView(change.request, change.refusal) };
    case 'settings':
      return { type: 'settings', data: change.settings };
    default:
      return unreachable(change);
  }
};
