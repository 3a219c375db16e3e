import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';
const secretBytes = 32;

/** A new secret that nobody can guess, in the form of Standard Webhooks: `whsec_` and base64. */
export const newWebhookSecret = (): string => `${prefix}${randomBytes(secretBytes).toString('base64')}`;

/** What is signed. `id` stays the same however often it is sent; `timestamp` is of this try, in seconds since 1970. */
export type SignedMessage = { readonly id: string; readonly timestamp: number; readonly body: string };

/** The signature of a message by one secret: `v1,` and the HMAC in base64. */
export const signatureOf = (secret: string, { id, timestamp, body }: SignedMessage): string => {
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
};

/** The headers of Standard Webhooks 1.0.0: a signature by each of the secrets, so that one can replace the other. */
export const signedHeaders = (
  secrets: readonly string[],
  message: SignedMessage,
): Readonly<Record<string, string>> => ({
  'webhook-id': message.id,
  'webhook-timestamp': String(message.timestamp),
  'webhook-signature': secrets.map((secret) => signatureOf(secret, message)).join(' '),
});
