import type { Provider } from '@nestjs/common';
import { guardedBy, parseApiKeys, settingsCallers, type Runtime, type Secret } from '@stopcovid/runtime';
import type { ApiKeys } from './api-keys';
import { KEY_DESK, type KeyDesk } from './keys.controller';
import { storedCallers } from './stored-callers';

/** Who may ask: those of the setting `API_KEYS`, and those whom admins gave keys. */
export const keyProviders = (
  setting: Secret,
  keys: ApiKeys,
  { clock, logger }: Pick<Runtime, 'clock' | 'logger'>,
): readonly Provider[] => [
  ...guardedBy(
    storedCallers(settingsCallers(parseApiKeys(setting.reveal())), {
      keys,
      now: clock.now,
      onUnreadable: (names) => logger.error({ names }, 'API keys cannot be read, and let nobody in'),
      onFailure: (error) => logger.warn({ err: error }, 'that a key was used is not on record'),
    }),
  ),
  { provide: KEY_DESK, useValue: { keys, now: () => new Date(clock.now()) } satisfies KeyDesk },
];
