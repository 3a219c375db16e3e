/** Where a message goes to or comes from, as Twilio writes it: `+12025550143` or `whatsapp:+12025550143`. */
export type Address = string;

/** Twilio's statuses, as far as this carrier gives them. */
export type MessageStatus =
  | 'accepted'
  | 'queued'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'undelivered'
  | 'receiving'
  | 'received'
  | 'failed';

/** How the webhook of a text from a phone went. Only `accepted` means that the service has it; `lost` was never told. */
export type Handover =
  | { readonly kind: 'underWay'; readonly attempt: number }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'refused'; readonly reason: string };

type Common = {
  readonly sid: string;
  /** Grows by one per message of this account: the order of the list, and of a conversation. */
  readonly sequence: number;
  readonly from: Address;
  readonly to: Address;
  readonly body: string;
  readonly media: readonly string[];
  readonly segments: number;
  readonly messagingServiceSid?: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly sentAt?: Date;
  readonly status: MessageStatus;
};

/** From a phone to the service. */
export type InboundMessage = Common & { readonly direction: 'inbound'; readonly handover: Handover };

/** From the service to a phone; a `reply` is the carrier's own answer to a consent word. */
export type OutboundMessage = Common & {
  readonly direction: 'outbound-api' | 'outbound-reply';
  readonly statusCallback?: string;
  readonly error?: { readonly code: number; readonly message: string };
};

export type Message = InboundMessage | OutboundMessage;

/** Whether a message goes by WhatsApp; anything else is a text. */
export const isWhatsApp = (address: Address): boolean => address.startsWith('whatsapp:');

/** The phone's end of a message: the other end is our number or a messaging service. */
export const phoneOf = (message: Message): Address =>
  message.direction === 'inbound' ? message.from : message.to;
