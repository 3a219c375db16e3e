import type { pause } from '@stopcovid/runtime';
import type { Seal } from '../seal';
import type { Deliveries, Delivery } from './deliveries';
import { changesBy, judgeAnswer, type Response } from './judge-answer';
import { retryAfterMsOf, type Post, type Posted } from './post-webhook';
import { signedHeaders } from './standard-webhooks';
import type { Webhook } from './webhook';
import type { WebhookChanges, Webhooks } from './webhooks';

/** What one try came to. */
export type TryReport = {
  readonly webhook: Webhook;
  readonly delivery: Delivery;
  readonly changes: WebhookChanges;
  readonly ms: number;
};

export type CourierParts = {
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  readonly seal: Pick<Seal, 'open'>;
  /** Posts once; never rejects. */
  readonly post: (post: Post, until: AbortSignal) => Promise<Posted>;
  /** Puts the figures of days that are over on their way. */
  readonly announceDays: (webhooks: readonly Webhook[]) => Promise<void>;
  readonly now: () => Date;
  readonly everyMs: number;
  readonly pause: typeof pause;
  /** 0 to 1. */
  readonly chance: () => number;
  readonly onTried: (report: TryReport) => void;
  readonly onUnreadable: (webhooks: readonly string[]) => void;
  readonly onTrouble: (error: unknown) => void;
};

/* So many go to one address at a time, so that one that hangs holds up itself alone. */
const mostPerWebhook = 4;
/* Longer than any try takes: who claimed a delivery and has not written by then is gone. */
const claimMs = 60_000;

/** Takes deliveries to their addresses, each by whoever claims it first, in no order. */
export class Courier {
  readonly #stopping = new AbortController();
  readonly #underWay = new Map<string, Set<Promise<void>>>();
  #resting = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(private readonly parts: CourierParts) {}

  /** Starts looking; a second call changes nothing. */
  start(): void {
    this.#loop ??= this.#serve();
  }

  /** Takes nothing more, breaks off what is under way, and resolves when it is put back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#resting.abort();
    await this.#loop;
    await this.idle();
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all([...this.#underWay.values()].flatMap((tries) => [...tries]));
  }

  /** One look at what is due: begins as many tries as there is room for. */
  async look(): Promise<void> {
    const { webhooks, unreadable } = await this.parts.webhooks.enabled();
    if (unreadable.length > 0) this.parts.onUnreadable(unreadable);
    await Promise.all(webhooks.map((webhook) => this.#take(webhook)));
    await this.parts.announceDays(webhooks);
  }

  async #serve(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#resting = new AbortController();
      await this.look().catch((error: unknown) => this.parts.onTrouble(error));
      if (!this.#stopping.signal.aborted) await this.parts.pause(this.parts.everyMs, this.#resting.signal);
    }
  }

  async #take(webhook: Webhook): Promise<void> {
    const now = this.parts.now();
    const tries = this.#triesOf(webhook.id);
    const limit = mostPerWebhook - tries.size;
    if (limit <= 0 || (webhook.resumeAt !== undefined && webhook.resumeAt > now)) return;
    for (const delivery of await this.parts.deliveries.due({ webhook: webhook.id, now, limit })) {
      const claimed = { ...delivery, attempts: delivery.attempts + 1, nextAt: later(now, claimMs) };
      if (this.#stopping.signal.aborted || !(await this.parts.deliveries.save(delivery, claimed))) continue;
      const trying = this.#try(webhook, claimed).finally(() => {
        tries.delete(trying);
        this.#resting.abort();
      });
      tries.add(trying);
    }
  }

  #triesOf(webhook: string): Set<Promise<void>> {
    const tries = this.#underWay.get(webhook) ?? new Set();
    this.#underWay.set(webhook, tries);
    return tries;
  }

  async #try(webhook: Webhook, delivery: Delivery): Promise<void> {
    try {
      const startedAt = performance.now();
      const response = await this.#post(webhook, delivery);
      if (response === 'broken-off') return void (await this.#putBack(delivery));
      const next = judgeAnswer(delivery, response, this.parts.chance());
      await this.parts.deliveries.save(delivery, next);
      const changes = await this.#settle(webhook.id, response);
      this.parts.onTried({ webhook, delivery: next, changes, ms: performance.now() - startedAt });
    } catch (error) {
      this.parts.onTrouble(error);
    }
  }

  /** By the webhook as it is now: other tries may have ended since this one began. */
  async #settle(id: string, response: Response): Promise<WebhookChanges> {
    for (;;) {
      const webhook = await this.parts.webhooks.one(id);
      const changes = webhook === undefined ? {} : changesBy(webhook, response);
      if (webhook === undefined || Object.keys(changes).length === 0) return {};
      if (await this.parts.webhooks.settle(webhook, changes)) return changes;
    }
  }

  async #post(webhook: Webhook, delivery: Delivery): Promise<Response | 'broken-off'> {
    const secrets = this.#secretsOf(webhook);
    if (secrets === undefined) return { answer: { at: this.parts.now(), reason: 'secret-unreadable' } };
    const { event: id, body } = delivery;
    const timestamp = Math.floor(this.parts.now().getTime() / 1_000);
    const headers = signedHeaders(secrets, { id, timestamp, body });
    const { signal } = this.#stopping;
    const posted = await this.parts.post({ url: webhook.url, headers, body }, signal);
    const at = this.parts.now();
    if ('status' in posted) {
      const retryAfterMs = retryAfterMsOf(posted.retryAfter, at.getTime());
      return { answer: { at, status: posted.status }, ...(retryAfterMs !== undefined && { retryAfterMs }) };
    }
    return signal.aborted ? 'broken-off' : { answer: { at, ...posted } };
  }

  /** The present secret, and the one before as long as it holds. Undefined when another key sealed them. */
  #secretsOf({ secret, previous }: Webhook): readonly string[] | undefined {
    const holds = previous !== undefined && previous.until > this.parts.now();
    try {
      return [secret, ...(holds ? [previous.secret] : [])].map((sealed) => this.parts.seal.open(sealed));
    } catch {
      return undefined;
    }
  }

  async #putBack(delivery: Delivery): Promise<void> {
    const { attempts } = delivery;
    await this.parts.deliveries.save(delivery, {
      ...delivery,
      attempts: attempts - 1,
      nextAt: this.parts.now(),
    });
  }
}

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
