import { randomBytes } from 'node:crypto';
import type { Phone } from '@stopcovid/contracts';
import { bytesOf, hostileShapes, sendRaw, stackAccount, type RawRequest } from '@stopcovid/stack';
import { signatureOf } from '@stopcovid/twilio';
import { drawPhones } from './made-texts';
import { afterCrashMs, workedAgain, type Recipe, type Scene } from './scene';
import { oneOf } from './seeded';
import { keepsUp, promptMs, slowDuring } from './slow-during';
import type { Node, System } from './system';

/** What nobody may do without a signature or a key, on each kind of service. */
const guarded = ({
  ingresses,
  trackers,
  senders,
}: System): readonly (readonly [readonly Node[], Target])[] => [
  [ingresses, { method: 'POST', path: '/webhooks/twilio' }],
  [ingresses, { method: 'POST', path: '/webhooks/twilio/messages' }],
  [ingresses, { method: 'POST', path: '/webhooks/twilio/status' }],
  [trackers, { method: 'POST', path: '/v1/trainees/%2B12025550143/actions/message' }],
  [trackers, { method: 'POST', path: '/v1/broadcasts' }],
  [trackers, { method: 'GET', path: '/v1/trainees' }],
  [senders, { method: 'GET', path: '/v1/pressure' }],
];

type Target = Pick<RawRequest, 'method' | 'path'>;
type Aimed = { readonly url: string; readonly request: RawRequest };

/** Every shape at every door. */
const strange = (system: System): readonly Aimed[] =>
  guarded(system).flatMap(([nodes, { method, path }]) =>
    [...hostileShapes.values()].map(({ suffix = '', ...rest }, index) => ({
      url: nodes[index % nodes.length]?.replica.url ?? '',
      request: { method, path: path + suffix, ...rest },
    })),
  );

const formType = ['content-type', 'application/x-www-form-urlencoded'] as const;

/** What the carrier would send, but that somebody else signed it, or nobody. */
const forgedWebhooks = ({ ingresses, webhookUrl }: System, phone: Phone): readonly Aimed[] => {
  const sid = `SM${randomBytes(16).toString('hex')}`;
  const text = { MessageSid: sid, From: phone, To: stackAccount.number, Body: 'STOP', NumMedia: '0' };
  const status = { MessageSid: sid, From: stackAccount.number, To: phone, MessageStatus: 'delivered' };
  return [text, status].flatMap((parameters) =>
    [undefined, signatureOf('somebody else', { url: webhookUrl, parameters })].map((signature, index) => ({
      url: ingresses[index % ingresses.length]?.replica.url ?? '',
      request: {
        method: 'POST',
        path: '/webhooks/twilio',
        headers: [formType, ...(signature === undefined ? [] : [['x-twilio-signature', signature] as const])],
        body: new URLSearchParams(parameters).toString(),
      },
    })),
  );
};

/** What an operator would ask for, with a key that nobody gave. */
const keyless = ({ trackers }: System, phone: Phone): readonly Aimed[] =>
  trackers.map(({ replica }) => ({
    url: replica.url,
    request: {
      method: 'POST',
      path: `/v1/trainees/${encodeURIComponent(phone)}/actions/opt-out`,
      headers: [
        ['content-type', 'application/json'],
        ['authorization', 'Bearer made-up'],
      ],
      body: '{}',
    },
  }));

/** Throws one request; whatever is let in, or breaks the server, breaks a promise. */
const thrown = async (scene: Scene, { url, request }: Aimed): Promise<void> => {
  const { status } = await sendRaw(url, bytesOf(request));
  if (status !== 'cut' && (status < 400 || status >= 500))
    scene.broken.push(`${request.method} ${request.path.slice(0, 60)} without a signature: ${status}`);
};

/** So many at a time, over and over, until the time is up. */
const handsThrowing = 4;

const throwAll = async (scene: Scene, requests: readonly Aimed[], forMs: number): Promise<number> => {
  const until = Date.now() + forMs;
  let count = 0;
  const hand = async (): Promise<void> => {
    while (Date.now() < until) {
      count += 1;
      await thrown(scene, oneOf(scene.random, requests));
    }
  };
  await Promise.all(Array.from({ length: handsThrowing }, hand));
  return count;
};

const hostileRequests: Recipe = {
  name: 'hostile-requests',
  say: 'requests of strange shapes, forged webhooks and made-up keys at every door: nothing gets in, trainees go on',
  short: true,
  run: async (scene) => {
    const { system } = scene;
    const phones = drawPhones(scene, 20);
    for (const phone of phones) scene.forged.add(phone);
    const forged = phones.flatMap((phone) => [...forgedWebhooks(system, phone), ...keyless(system, phone)]);
    const slow = { what: 'hostile requests', boundMs: promptMs, needing: [] };
    await keepsUp(scene);
    await slowDuring(scene, slow, async () => {
      for (const request of forged) await thrown(scene, request);
      const count = await throwAll(scene, [...strange(system), ...forged], scene.short ? 3_000 : 60_000);
      scene.say(`${forged.length + count} requests were thrown`);
    });
    return workedAgain(scene, afterCrashMs(scene));
  },
};

/** Requests that nobody signed. */
export const hostileRecipes: readonly Recipe[] = [hostileRequests];
