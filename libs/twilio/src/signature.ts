import { getExpectedTwilioSignature, validateRequest } from 'twilio/lib/webhooks/webhooks';

type Parameters = Readonly<Record<string, unknown>>;
type SignedForm = { readonly url: string; readonly parameters: Parameters };

/** What Twilio signs a form to this address with: base64 of an HMAC-SHA1 under the auth token. */
export const signatureOf = (token: string, { url, parameters }: SignedForm): string =>
  getExpectedTwilioSignature(token, url, { ...parameters });

/** Is this Twilio's signature of the form, under this token? The address is the one that Twilio called. */
export const isSignedWith = (
  token: string,
  { url, parameters, signature }: SignedForm & { readonly signature: string },
): boolean => validateRequest(token, signature, url, parameters);
