import { isDeepStrictEqual } from 'node:util';
import type { Webhook } from './webhook';

/** Where a list of webhooks goes on: behind this one. */
export type WebhookPlace = { readonly at: Date; readonly id: string };
export type WebhookPage = { readonly after?: WebhookPlace; readonly limit: number };

/** What of a webhook may change; null takes it away. */
export type WebhookChanges = {
  readonly secret?: string;
  readonly previous?: Webhook['previous'] | null;
  readonly failingSince?: Date | null;
  readonly failedAt?: Date | null;
  readonly succeededAt?: Date;
  readonly resumeAt?: Date | null;
  readonly disabled?: Webhook['disabled'] | null;
  readonly dailyThrough?: string;
};

/** The webhooks that admins made. All methods reject when the store cannot be reached, or with DocumentUnreadable. */
export interface Webhooks {
  add(webhook: Webhook): Promise<void>;
  one(id: string): Promise<Webhook | undefined>;
  /** The oldest first. */
  list(page: WebhookPage): Promise<readonly Webhook[]>;
  /** Those that are told of things, in no order; what cannot be read is left out and named. */
  enabled(): Promise<{ readonly webhooks: readonly Webhook[]; readonly unreadable: readonly string[] }>;
  /** Answers it as it is then; undefined when it is not there. */
  change(id: string, changes: WebhookChanges): Promise<Webhook | undefined>;
  /** Changes it unless it came through or failed since it was read, or is not there: false then. */
  settle(asRead: Webhook, changes: WebhookChanges): Promise<boolean>;
  /** False when it was not there. */
  remove(id: string): Promise<boolean>;
}

const behind = ({ createdAt, id }: Webhook, after: WebhookPlace | undefined): boolean =>
  after === undefined || createdAt > after.at || (+createdAt === +after.at && id > after.id);

const changed = (webhook: Webhook, changes: WebhookChanges): Webhook => {
  const { previous, failingSince, failedAt, resumeAt, disabled, ...kept } = webhook;
  const all = { previous, failingSince, failedAt, resumeAt, disabled, ...changes };
  const said = Object.entries(all).filter(([, value]) => value !== null && value !== undefined);
  return { ...kept, ...(Object.fromEntries(said) as Partial<Webhook>) };
};

/** What answers change of a webhook: whoever changes it by what they read holds these to be as they read them. */
export const settledFields = ['failingSince', 'failedAt', 'succeededAt', 'disabled'] as const;

const isAsRead = (webhook: Webhook, asRead: Webhook): boolean =>
  settledFields.every((field) => isDeepStrictEqual(webhook[field], asRead[field]));

/** Webhooks in this process alone: gone when it ends. */
export const inMemoryWebhooks = (): Webhooks => {
  const kept = new Map<string, Webhook>();
  return {
    add: (webhook) => {
      kept.set(webhook.id, webhook);
      return Promise.resolve();
    },
    one: (id) => Promise.resolve(kept.get(id)),
    list: ({ after, limit }) =>
      Promise.resolve(
        [...kept.values()]
          .filter((webhook) => behind(webhook, after))
          .sort((one, other) => +one.createdAt - +other.createdAt || (one.id < other.id ? -1 : 1))
          .slice(0, limit),
      ),
    enabled: () =>
      Promise.resolve({
        webhooks: [...kept.values()].filter(({ disabled }) => disabled === undefined),
        unreadable: [],
      }),
    change: (id, changes) => {
      const webhook = kept.get(id);
      if (webhook === undefined) return Promise.resolve(undefined);
      const next = changed(webhook, changes);
      kept.set(id, next);
      return Promise.resolve(next);
    },
    settle: (asRead, changes) => {
      const webhook = kept.get(asRead.id);
      if (webhook === undefined || !isAsRead(webhook, asRead)) return Promise.resolve(false);
      kept.set(webhook.id, changed(webhook, changes));
      return Promise.resolve(true);
    },
    remove: (id) => Promise.resolve(kept.delete(id)),
  };
};
