import type { Provider } from '@nestjs/common';
import { allowancesOf, guardedBy, parseApiKeys, settingsCallers, type Runtime } from '@stopcovid/runtime';
import type { ProgressTrackerConfig } from '../config';
import type { ApiKeys } from './api-keys';
import { KEY_DESK, type KeyDesk } from './keys.controller';
import { storedCallers } from './stored-callers';

/** A page asks for a dozen things at once, and a person opens several pages. */
const burstSeconds = 10;

/** Who may ask: those of the setting `API_KEYS`, and those whom admins gave keys; and how often each. */
export const keyProviders = (
  {
    API_KEYS,
    API_REQUESTS_PER_SECOND: perSecond,
  }: Pick<ProgressTrackerConfig, 'API_KEYS' | 'API_REQUESTS_PER_SECOND'>,
  keys: ApiKeys,
  { clock, logger }: Pick<Runtime, 'clock' | 'logger'>,
): readonly Provider[] => [
  ...guardedBy(
    storedCallers(settingsCallers(parseApiKeys(API_KEYS.reveal())), {
      keys,
      now: clock.now,
      onUnreadable: (names) => logger.error({ names }, 'API keys cannot be read, and let nobody in'),
      onFailure: (error) => logger.warn({ err: error }, 'that a key was used is not on record'),
    }),
    allowancesOf({ perSecond, burstSeconds }, clock.now),
  ),
  { provide: KEY_DESK, useValue: { keys, now: () => new Date(clock.now()) } satisfies KeyDesk },
];
