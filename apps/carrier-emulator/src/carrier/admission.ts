import type { Address } from './message';
import { refusals, type Refusal } from './refusals';

/** What a client asks for when it creates a message: the fields of Twilio's form that matter here. */
export type MessageRequest = {
  readonly to?: string;
  readonly from?: string;
  readonly messagingServiceSid?: string;
  readonly body?: string;
  readonly media: readonly string[];
  readonly statusCallback?: string;
};

/** A request that the carrier takes on. */
export type Draft = {
  readonly to: Address;
  readonly from: Address;
  readonly body: string;
  readonly media: readonly string[];
  readonly messagingServiceSid?: string;
  readonly statusCallback?: string;
};

/** What the carrier knows and the request does not say. */
export type AdmissionFacts = {
  readonly ownNumber: Address;
  readonly optedOut: (address: Address) => boolean;
};

export type Admission =
  | { readonly ok: true; readonly draft: Draft }
  | { readonly ok: false; readonly refusal: Refusal };

const address = /^(?:whatsapp:)?\+[1-9]\d{6,14}$/;
const messagingService = /^MG[0-9a-fA-F]{32}$/;
const maxBodyCharacters = 1_600;
const maxMedia = 10;

/** Whether a text can be sent to this address at all. */
export const isAddress = (value: string): value is Address => address.test(value);

const isHttpUrl = (value: string): boolean =>
  URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol);

const wrongRecipient = (request: MessageRequest): Refusal | undefined => {
  if (!request.to) return refusals.toRequired();
  return isAddress(request.to) ? undefined : refusals.invalidTo(request.to);
};

const wrongSender = (request: MessageRequest, ownNumber: Address): Refusal | undefined => {
  const { from, messagingServiceSid: service } = request;
  if (service && !messagingService.test(service)) return refusals.noSuchService(service);
  if (from && from === request.to) return refusals.sameNumber();
  if (from && from !== ownNumber && from !== `whatsapp:${ownNumber}`) return refusals.foreignFrom(from);
  return from || service ? undefined : refusals.fromRequired();
};

const wrongContent = (request: MessageRequest): Refusal | undefined => {
  if (!request.body && request.media.length === 0) return refusals.bodyRequired();
  if ([...(request.body ?? '')].length > maxBodyCharacters) return refusals.tooLong();
  if (request.media.length > maxMedia) return refusals.tooManyMedia();
  if (!request.media.every(isHttpUrl)) return refusals.invalidMedia();
  return request.statusCallback && !isHttpUrl(request.statusCallback)
    ? refusals.invalidCallback()
    : undefined;
};

const wrongConsent = (request: MessageRequest, facts: AdmissionFacts): Refusal | undefined =>
  facts.optedOut(request.to ?? '') ? refusals.optedOut() : undefined;

const senderOf = (request: MessageRequest, ownNumber: Address): Address =>
  request.from ?? (request.to?.startsWith('whatsapp:') ? `whatsapp:${ownNumber}` : ownNumber);

/** Takes a request on, or says why not in Twilio's numbers. The first thing that is wrong decides. */
export const admit = (request: MessageRequest, facts: AdmissionFacts): Admission => {
  const refusal =
    wrongRecipient(request) ??
    wrongSender(request, facts.ownNumber) ??
    wrongContent(request) ??
    wrongConsent(request, facts);
  if (refusal) return { ok: false, refusal };
  const { messagingServiceSid, statusCallback } = request;
  return {
    ok: true,
    draft: {
      to: request.to ?? '',
      from: senderOf(request, facts.ownNumber),
      body: request.body ?? '',
      media: request.media,
      ...(messagingServiceSid ? { messagingServiceSid } : {}),
      ...(statusCallback ? { statusCallback } : {}),
    },
  };
};
