import type { Disposition } from '@stopcovid/twilio';

/** One text to hand over. `id` comes back in status callbacks; `to` begins with `whatsapp:` where it goes there. */
export type TextToSend = {
  readonly id: string;
  readonly to: string;
  readonly body: string;
  readonly media?: string;
  readonly messagingServiceSid?: string;
  /** Nobody wants it after so long, in milliseconds. */
  readonly wantedForMs?: number;
};

/** What became of handing a text over. Only `unknown` leaves it open whether the carrier has it. */
export type SendResult =
  | { readonly kind: 'accepted'; readonly sid: string; readonly from?: string }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly message: string;
      readonly disposition: Exclude<Disposition, 'ambiguous'>;
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'notSent'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** A text in the carrier's own list. `createdAt` in milliseconds since 1970, whole seconds. */
export type ListedText = {
  readonly sid: string;
  readonly body: string;
  readonly outbound: boolean;
  readonly createdAt: number;
  readonly from?: string;
};

/** The carrier. */
export interface TextGateway {
  /** Hands a text over once. Never throws for what the carrier or the network does. */
  send(text: TextToSend): Promise<SendResult>;
  /** The newest texts to an address that the carrier knows of, or undefined when the list cannot be had now. */
  listSentTo(to: string): Promise<readonly ListedText[] | undefined>;
}
