import type { WebhookForm, WebhookResult } from '../webhooks/deliver-webhook';
import type { Address } from './message';
import type { MemoryLimits } from './message-log';

export type CarrierOptions = {
  readonly accountSid: string;
  readonly ownNumber: Address;
  readonly webhookUrl: string;
  /** Whether the carrier keeps consent itself at first, as Twilio does by default. */
  readonly keepsConsent: boolean;
  /** How long a message takes from each status to the next. */
  readonly stepMs: number;
  readonly seed: number;
  readonly limits: MemoryLimits & { readonly phonesOnWall: number };
};

export type CarrierParts = {
  readonly now: () => Date;
  /** Posts one webhook until it is taken or given up. */
  readonly deliver: (
    url: string,
    form: WebhookForm,
    onAttempt: (n: number) => void,
  ) => Promise<WebhookResult>;
};
