/** What a webhook can be told of. A name stays for good: receivers go by it. */
export const hookKinds = [
  'drill.completed',
  'trainee.registered',
  'trainee.opted_out',
  'support.requested',
  'demo.requested',
  'stats.daily',
  'export.ready',
] as const;
export type HookKind = (typeof hookKinds)[number];

/** Why nothing is sent to a webhook: its address said that it is gone, or failed for days. */
export type Disabled = { readonly at: Date; readonly because: 'gone' | 'failing' };

/** An address that is told what happens. Secrets are sealed. */
export type Webhook = {
  readonly id: string;
  readonly url: string;
  readonly kinds: readonly HookKind[];
  /** Whose people it is told of; everybody's where it is left out. */
  readonly employers?: readonly string[];
  /** Whether it is told phone numbers. */
  readonly withPhones: boolean;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly secret: string;
  /** The secret before, which signs too until then. */
  readonly previous?: { readonly secret: string; readonly until: Date };
  /** Since when nothing has come through, tried all the while. */
  readonly failingSince?: Date;
  /** When something last did not come through, of what is told by `failingSince`. */
  readonly failedAt?: Date;
  /** When something last came through. */
  readonly succeededAt?: Date;
  /** Its address asked for a pause until then. */
  readonly resumeAt?: Date;
  readonly disabled?: Disabled;
  /** The last local day, such as 2026-03-01, whose figures are on their way or behind it. */
  readonly dailyThrough: string;
};

/** Something that happened, for whoever wants to hear it. */
export type HookEvent = {
  /** The same whenever and by whomever it is found; without a phone in it. */
  readonly id: string;
  readonly kind: HookKind | 'webhook.ping';
  readonly at: Date;
  readonly employerId?: string;
  readonly phone?: string;
  /** Ids and numbers: no names, no texts. */
  readonly data: Readonly<Record<string, unknown>>;
};

/** How long a delivery is on record, in days; what is older than that is told to nobody. */
export const keptDays = 30;
export const dayMs = 24 * 60 * 60 * 1_000;

/** Is a webhook to be told of something? Never of what was before it, nor while it is disabled. */
export const wants = (webhook: Webhook, event: HookEvent, now: Date): boolean =>
  webhook.disabled === undefined &&
  webhook.kinds.some((kind) => kind === event.kind) &&
  event.at >= webhook.createdAt &&
  now.getTime() - event.at.getTime() < keptDays * dayMs &&
  (webhook.employers === undefined ||
    (event.employerId !== undefined && webhook.employers.includes(event.employerId)));

/** The body that tells a webhook of something. */
export const bodyOf = (
  { withPhones }: Pick<Webhook, 'withPhones'>,
  { kind, at, employerId, phone, data }: Omit<HookEvent, 'id'>,
): string =>
  JSON.stringify({
    type: kind,
    timestamp: at.toISOString(),
    data: {
      ...(employerId !== undefined && { employerId }),
      ...data,
      ...(withPhones && phone !== undefined && { phone }),
    },
  });
