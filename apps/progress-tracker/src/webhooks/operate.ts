import { randomBytes, randomUUID } from 'node:crypto';
import { given } from '../given';
import type { Seal } from '../seal';
import { lastDayEnded } from './daily-figures';
import { deliveryOf, type Deliveries, type Delivery } from './deliveries';
import type { NameEvent } from './hook-events';
import { problemWithTarget, type ReachRules } from './reachable';
import { newWebhookSecret } from './standard-webhooks';
import type { HookKind, Webhook } from './webhook';
import type { Webhooks } from './webhooks';

/** What webhooks are signed and named with: from the setting WEBHOOK_KEY. */
export type HookKeys = { readonly seal: Seal; readonly nameEvent: NameEvent };

/** What admins' requests are carried out with. */
export type HookParts = {
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  readonly keys: HookKeys;
  readonly reach: ReachRules;
  readonly now: () => Date;
};

/** What an admin asks for. */
export type HookRequest = {
  readonly url: string;
  readonly kinds: readonly HookKind[];
  readonly employers?: readonly string[];
  readonly withPhones?: boolean;
};

/** So many may be there: each is looked at for every event. */
export const mostWebhooks = 100;

/** A webhook with its secret, which is told here and never again. */
export type NewSecret = { readonly webhook: Webhook; readonly secret: string };

export type AddedWebhook =
  | ({ readonly kind: 'added' } & NewSecret)
  | { readonly kind: 'invalid'; readonly problem: string }
  | { readonly kind: 'tooMany' };

/** Makes a webhook that hears of what happens from now on. */
export const addWebhook = async (
  { webhooks, keys, reach, now }: HookParts,
  { url, kinds, employers, withPhones = false }: HookRequest,
  by: string,
): Promise<AddedWebhook> => {
  const problem = await problemWithTarget(url, reach);
  if (problem !== undefined) return { kind: 'invalid', problem: `url: ${problem}` };
  if ((await webhooks.list({ limit: mostWebhooks })).length >= mostWebhooks) return { kind: 'tooMany' };
  const secret = newWebhookSecret();
  const at = now();
  const webhook: Webhook = {
    ...{ id: `wh_${randomBytes(12).toString('hex')}`, url, kinds, withPhones, createdAt: at, createdBy: by },
    ...given({ employers }),
    secret: keys.seal.close(secret),
    dailyThrough: lastDayEnded(at),
  };
  await webhooks.add(webhook);
  return { kind: 'added', webhook, secret };
};

const rotationMs = 24 * 60 * 60 * 1_000;

/** Gives a webhook a new secret; the one before signs beside it for a day. Undefined when it is not there. */
export const rotateSecret = async (
  { webhooks, keys, now }: HookParts,
  id: string,
): Promise<NewSecret | undefined> => {
  const before = await webhooks.one(id);
  if (before === undefined) return undefined;
  const secret = newWebhookSecret();
  const previous = { secret: before.secret, until: new Date(now().getTime() + rotationMs) };
  const webhook = await webhooks.change(id, { secret: keys.seal.close(secret), previous });
  return webhook && { webhook, secret };
};

/** Lets a webhook hear again. Undefined when it is not there. */
export const enableWebhook = (
  { webhooks }: Pick<HookParts, 'webhooks'>,
  id: string,
): Promise<Webhook | undefined> =>
  webhooks.change(id, { disabled: null, failingSince: null, failedAt: null, resumeAt: null });

/** Takes a webhook away with all that was on its way. False when it was not there. */
export const removeWebhook = async (
  { webhooks, deliveries }: Pick<HookParts, 'webhooks' | 'deliveries'>,
  id: string,
): Promise<boolean> => {
  const wasThere = await webhooks.remove(id);
  await deliveries.removeOf(id);
  return wasThere;
};

/** Puts an event on its way that says nothing. Undefined when there is no such webhook. */
export const pingWebhook = async (
  { webhooks, deliveries, keys, now }: HookParts,
  id: string,
): Promise<Delivery | undefined> => {
  const webhook = await webhooks.one(id);
  if (webhook === undefined) return undefined;
  const at = now();
  const event = { id: keys.nameEvent('ping', randomUUID()), kind: 'webhook.ping', at, data: {} } as const;
  const delivery = deliveryOf(webhook, event, at);
  await deliveries.add([delivery]);
  return delivery;
};

/** Sends an event again, with all its tries; undefined when it is not on record. It keeps its id. */
export const replayDelivery = async (
  { deliveries, now }: HookParts,
  id: string,
): Promise<Delivery | undefined> => {
  const before = await deliveries.one(id);
  if (before === undefined) return undefined;
  const next: Delivery = { ...before, state: 'waiting', attempts: 0, nextAt: now() };
  return (await deliveries.save(before, next)) ? next : deliveries.one(id);
};
