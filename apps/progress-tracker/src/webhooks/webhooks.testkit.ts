import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secret } from '@stopcovid/runtime';
import { sealOf } from '../seal';
import type { Delivery } from './deliveries';
import { networksIn, type ReachRules } from './reachable';
import { newWebhookSecret, signatureOf } from './standard-webhooks';
import type { HookEvent, Webhook } from './webhook';

export const noon = new Date('2026-06-10T12:00:00.000Z');
export const after = (ms: number): Date => new Date(noon.getTime() + ms);

export const webhookKey = new Secret('a-key-of-the-spec-with-32-letters');
export const seal = sealOf(webhookKey, 'secrets of webhooks');
/** Receivers of specs are on this machine. */
export const thisMachine: ReachRules = { allowHttp: true, networks: networksIn(['127.0.0.0/8']) };

export const secret = newWebhookSecret();

export const webhook = (changes: Partial<Webhook> = {}): Webhook => ({
  id: 'wh_one',
  url: 'http://127.0.0.1:1/',
  kinds: ['drill.completed'],
  withPhones: false,
  createdAt: noon,
  createdBy: 'spec',
  secret: seal.close(secret),
  dailyThrough: '2026-06-08',
  ...changes,
});

export const hookEvent = (id: string, changes: Partial<HookEvent> = {}): HookEvent => ({
  id,
  kind: 'drill.completed',
  at: noon,
  employerId: 'acme',
  data: { runId: 'run-one' },
  ...changes,
});

export const waiting = (id: string, changes: Partial<Delivery> = {}): Delivery => ({
  id: `wh_one:${id}`,
  webhook: 'wh_one',
  event: id,
  kind: 'drill.completed',
  createdAt: noon,
  body: '{}',
  state: 'waiting',
  attempts: 0,
  nextAt: noon,
  ...changes,
});

/** What a receiver was sent. */
export type Received = { readonly headers: IncomingMessage['headers']; readonly body: string };

/** Is what was received signed by this secret? As receivers are to tell. */
export const isSignedBy = (by: string, { headers, body }: Received): boolean => {
  const id = String(headers['webhook-id']);
  const timestamp = Number(headers['webhook-timestamp']);
  return String(headers['webhook-signature']).split(' ').includes(signatureOf(by, { id, timestamp, body }));
};

/** A server that takes webhooks, and answers each as it is told. */
export const receiver = async (answer: (response: ServerResponse, count: number) => void) => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    received,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** Answers with a status, and headers if any. */
export const status =
  (code: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(code, headers).end();
