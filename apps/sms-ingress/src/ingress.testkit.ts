import { request } from 'node:http';
import { decodeCommand, decodeLogRecord, topics } from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import { createRuntime, Secret } from '@stopcovid/runtime';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { IngressConfig } from './config';
import { startWith } from './start';

export const publicUrl = 'https://sms.example.org';
export const token = 'the-present-token';
export const nextToken = 'the-next-token';

export type Published = {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  /** How long it may wait for others to travel with, where it may. */
  readonly mayWaitMs?: number;
};

/** Remembers what is published; `refuse` makes it fail, `hang` never answer. */
export const recordingPublisher = () => {
  const records: Published[] = [];
  const state = { mode: 'work' as 'work' | 'refuse' | 'hang' };
  const publisher: Publisher = {
    publish: (topic, published, mayWaitMs) => {
      if (state.mode === 'refuse') return Promise.reject(new Error('no broker'));
      if (state.mode === 'hang') return new Promise(() => undefined);
      for (const { key, value } of published)
        records.push({ topic, key, value: String(value), ...(mayWaitMs !== undefined && { mayWaitMs }) });
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  return { publisher, records, state };
};

/** The service on a free port, on the publisher given, at noon of a fixed day. */
export const startIngress = async (
  publisher: Publisher,
  settings: Partial<IngressConfig> = {},
  destination?: { write(line: string): void },
) => {
  const config = Object.assign(new IngressConfig(), {
    PUBLIC_URL: new URL(publicUrl),
    TWILIO_AUTH_TOKEN: new Secret(`${token}, ${nextToken}`),
    HOST: '127.0.0.1',
    PORT: 0,
    ...settings,
  });
  const runtime = createRuntime('sms-ingress', config, destination ?? { write: () => undefined });
  const now = () => Date.parse('2026-03-01T12:00:00.000Z');
  return startWith({ config, runtime, parts: { publisher, now } });
};

export const inbound = (
  changes: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  ToCountry: 'US',
  SmsMessageSid: 'SM00000000000000000000000000000001',
  NumMedia: '0',
  SmsStatus: 'received',
  Body: 'drill',
  To: '+12025550100',
  From: '+12025550143',
  MessageSid: 'SM00000000000000000000000000000001',
  AccountSid: 'AC00000000000000000000000000000001',
  ...changes,
});
export const statusOf = (status: string, changes: Readonly<Record<string, string>> = {}) => ({
  MessageSid: 'SM00000000000000000000000000000002',
  MessageStatus: status,
  SmsStatus: status,
  To: '+12025550143',
  From: '+12025550100',
  ...changes,
});

type Answer = { readonly status: number; readonly type: string; readonly body: string };
export type Call = {
  readonly path?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  readonly signature?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export const post = (url: string, { path = '/webhooks/twilio', body = '', ...call }: Call): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': call.type ?? 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      ...(call.signature === undefined ? {} : { 'x-twilio-signature': call.signature }),
      ...call.headers,
    };
    const sending = request(url + path, { method: 'POST', headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: String(response.headers['content-type']),
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sending.on('error', reject);
    sending.end(body);
  });

/** Signs like Twilio: the token over the public URL and the parameters. */
export const signed = (
  parameters: Readonly<Record<string, string>>,
  { path = '/webhooks/twilio', key = token, base = publicUrl } = {},
): Call => ({
  path,
  body: new URLSearchParams(parameters).toString(),
  signature: getExpectedTwilioSignature(key, base + path, { ...parameters }),
});

export const decoded = (records: readonly Published[]) =>
  records.map(({ topic, key, value }) => {
    const read = topic === topics.dialogCommands ? decodeCommand(value) : decodeLogRecord(value);
    if (!read.ok) throw new Error(`${topic}: ${read.error.reason}`);
    return { topic, key, value: read.value };
  });
