import type { Provider } from '@nestjs/common';
import {
  allowancesOf,
  guardedBy,
  parseApiKeys,
  settingsCallers,
  type Callers,
  type Runtime,
} from '@stopcovid/runtime';
import type { ProgressTrackerSettings } from '../config';
import { Problem } from '../problems/problem';
import type { ApiKeys } from './api-keys';
import { KEY_DESK, type KeyDesk } from './keys.controller';
import { storedCallers } from './stored-callers';
import { tokenCallers, tokenRulesOf } from './token-callers';

/** A page asks for a dozen things at once, and a person opens several pages. */
const burstSeconds = 10;

/** The first of them who knows; tokens are asked about first, as no key looks like one. */
const whoeverKnows = (all: readonly Callers[], logger: Runtime['logger']): Callers => ({
  of: async (authorization) => {
    try {
      for (const callers of all) {
        const caller = await callers.of(authorization);
        if (caller !== undefined) return caller;
      }
      return undefined;
    } catch (error) {
      logger.warn({ err: error }, 'it cannot be told whose key or token it is');
      throw new Problem('keys-away', 'It cannot be told now whose key or token this is.');
    }
  },
});

/**
 * Who may ask: those of the setting `API_KEYS`, those whom admins gave keys, and where it is configured those with a token
 * of an identity provider; and how often each.
 */
export const keyProviders = (
  config: ProgressTrackerSettings,
  keys: ApiKeys,
  { clock, logger }: Pick<Runtime, 'clock' | 'logger'>,
): readonly Provider[] => {
  const { now } = clock;
  const rules = tokenRulesOf(config);
  const onRefused = (why: string): void => logger.info({ why }, 'a token was not taken');
  const stored = storedCallers(settingsCallers(parseApiKeys(config.API_KEYS.reveal())), {
    keys,
    now,
    onUnreadable: (names) => logger.error({ names }, 'API keys cannot be read, and let nobody in'),
    onFailure: (error) => logger.warn({ err: error }, 'that a key was used is not on record'),
  });
  const tokens = rules === undefined ? [] : [tokenCallers(rules, { now, onRefused })];
  return [
    ...guardedBy(
      whoeverKnows([...tokens, stored], logger),
      allowancesOf({ perSecond: config.API_REQUESTS_PER_SECOND, burstSeconds }, now),
    ),
    { provide: KEY_DESK, useValue: { keys, now: () => new Date(now()) } satisfies KeyDesk },
  ];
};
