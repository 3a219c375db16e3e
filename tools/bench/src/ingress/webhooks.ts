import { randomBytes } from 'node:crypto';
import { signatureOf } from '@stopcovid/twilio';

/** Whose webhooks these are. */
export type Sender = { readonly url: string; readonly authToken: string };

/** The fields that Twilio sends with a text, as many as it sends. */
const formOf = (from: string): Record<string, string> => {
  const sid = `SM${randomBytes(16).toString('hex')}`;
  return {
    ToCountry: 'US',
    ToState: 'DC',
    SmsMessageSid: sid,
    NumMedia: '0',
    ToCity: 'WASHINGTON',
    FromZip: '20001',
    SmsSid: sid,
    FromState: 'DC',
    SmsStatus: 'received',
    FromCity: 'WASHINGTON',
    Body: 'b) for 20 seconds',
    FromCountry: 'US',
    To: '+12025550100',
    MessagingServiceSid: 'MG00000000000000000000000000000000',
    ToZip: '20001',
    NumSegments: '1',
    MessageSid: sid,
    AccountSid: 'AC00000000000000000000000000000000',
    From: from,
    ApiVersion: '2010-04-01',
  };
};

const phoneOf = (index: number): string => `+1202${String(2_000_000 + (index % 7_000_000))}`;

const requestOf = ({ url }: Sender, form: Record<string, string>, signature: string): Buffer => {
  const { host, pathname } = new URL(url);
  const body = new URLSearchParams(form).toString();
  return Buffer.from(
    `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nX-Twilio-Signature: ${signature}\r\n` +
      'Content-Type: application/x-www-form-urlencoded\r\nUser-Agent: TwilioProxy/1.1\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
};

/** The bytes of a request that Twilio could have made, of a phone by its number among all. */
export const signedWebhook = (sender: Sender, index: number): Buffer => {
  const form = formOf(phoneOf(index));
  return requestOf(sender, form, signatureOf(sender.authToken, { url: sender.url, parameters: form }));
};

/** What became of a text of ours, as Twilio calls back of it. */
export const signedStatus = ({ url, authToken }: Sender, index: number): Buffer => {
  const sid = `SM${randomBytes(16).toString('hex')}`;
  const status = index % 2 === 0 ? 'sent' : 'delivered';
  const form = {
    SmsSid: sid,
    SmsStatus: status,
    MessageStatus: status,
    To: phoneOf(index),
    MessagingServiceSid: 'MG00000000000000000000000000000000',
    MessageSid: sid,
    AccountSid: 'AC00000000000000000000000000000000',
    From: '+12025550100',
    ApiVersion: '2010-04-01',
  };
  return requestOf({ url, authToken }, form, signatureOf(authToken, { url, parameters: form }));
};

/** A text by somebody who does not know the token. */
export const forgedWebhook = (sender: Sender, index: number): Buffer =>
  requestOf(sender, formOf(phoneOf(index)), randomBytes(20).toString('base64'));
