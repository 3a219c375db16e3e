import type { Provider } from '@nestjs/common';
import type { EventBatch } from '@stopcovid/contracts';
import { pause } from '@stopcovid/runtime';
import type { ProgressTrackerSettings } from '../config';
import type { Ready } from '../exports/export';
import type { ProgressTrackerSetting } from '../parts';
import { sealOf } from '../seal';
import { announce } from './announce';
import { Courier } from './courier';
import { announceDays } from './daily-figures';
import { hookEventsIn, nameEvents, readyEvent } from './hook-events';
import type { HookKeys, HookParts } from './operate';
import { postWebhook, type Post } from './post-webhook';
import { guardedLookup, networksIn, type ReachRules } from './reachable';
import { reportTries } from './report-tries';
import { HOOK_DESK, type HookDesk } from './webhooks.controller';

/** The token of what takes events to webhooks; null where webhooks are not switched on. */
export const COURIER = Symbol('COURIER');

const timeoutMs = 15_000;
const everyMs = 1_000;

const keysOf = ({ WEBHOOK_KEY: key }: ProgressTrackerSettings): HookKeys | undefined =>
  key && { seal: sealOf(key, 'secrets of webhooks'), nameEvent: nameEvents(key) };

const reachOf = ({ WEBHOOK_HTTP, WEBHOOK_NETWORKS }: ProgressTrackerSettings): ReachRules => ({
  allowHttp: WEBHOOK_HTTP,
  networks: networksIn(WEBHOOK_NETWORKS),
});

const partsOf = ({ config, runtime, parts }: ProgressTrackerSetting): HookParts | undefined => {
  const keys = keysOf(config);
  if (keys === undefined) return undefined;
  const { webhooks, deliveries } = parts;
  return { webhooks, deliveries, keys, reach: reachOf(config), now: () => new Date(runtime.clock.now()) };
};

const courierOf = ({ runtime, parts: { figures } }: ProgressTrackerSetting, hooks: HookParts): Courier => {
  const { webhooks, deliveries, keys, reach, now } = hooks;
  const rules = { reach, lookup: guardedLookup(reach), timeoutMs };
  return new Courier({
    ...{ webhooks, deliveries, seal: keys.seal, now, everyMs, pause, chance: Math.random },
    post: (post: Post, until) => postWebhook(rules, post, until),
    announceDays: (all) =>
      announceDays({ figures, webhooks, deliveries, nameEvent: keys.nameEvent, now }, all),
    ...reportTries(runtime),
  });
};

/** Puts on their way what webhooks are to be told of batches; nothing where webhooks are not switched on. */
export const tellWebhooks = (
  setting: ProgressTrackerSetting,
): ((batches: readonly EventBatch[]) => Promise<void>) | undefined => {
  const hooks = partsOf(setting);
  return (
    hooks &&
    ((batches) =>
      announce(
        hooks,
        batches.flatMap((batch) => hookEventsIn(batch, hooks.keys.nameEvent)),
      ))
  );
};

/** Puts on its way that an export is ready; nothing where webhooks are not switched on. */
export const tellOfExports = (
  setting: ProgressTrackerSetting,
): ((ready: Ready) => Promise<void>) | undefined => {
  const hooks = partsOf(setting);
  return hooks && ((ready) => announce(hooks, [readyEvent(ready, hooks.keys.nameEvent)]));
};

/** What the routes of webhooks are made of, and what takes events to them. */
export const hookProviders = (setting: ProgressTrackerSetting): readonly Provider[] => {
  const hooks = partsOf(setting);
  const { webhooks, deliveries } = setting.parts;
  return [
    { provide: HOOK_DESK, useValue: { webhooks, deliveries, parts: hooks } satisfies HookDesk },
    { provide: COURIER, useFactory: () => (hooks === undefined ? null : courierOf(setting, hooks)) },
  ];
};
