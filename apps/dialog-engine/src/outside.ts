import type { Runtime } from '@stopcovid/runtime';
import type { DialogEngineConfig } from './config';
import type { DialogEngineParts } from './parts';
import { askedPressure, noPressure, type SenderPressure } from './postponing/sender-pressure';
import { askedBudgets, noBudgets, type SpentBudgets } from './postponing/spent-budgets';
import { httpRegistration } from './registration/http-registration';
import { firstKnown, type RegistrationLookup } from './registration/registration';
import { builtInRegistration } from './registration/registration-codes';

type Registration = RegistrationLookup & { close(): void };

/** What other services know: codes, budgets, and whether the sender has room. */
export type Outside = {
  readonly registration: Registration;
  readonly budgets: SpentBudgets;
  readonly pressure: SenderPressure;
};

/** Who is asked, and how. */
export type OutsideSettings = Pick<
  DialogEngineConfig,
  | 'REGISTRATION_URL'
  | 'REGISTRATION_TOKEN'
  | 'REGISTRATION_TIMEOUT_MS'
  | 'REGISTRATION_CACHE_SECONDS'
  | 'BUDGETS_URL'
  | 'BUDGETS_KEY'
  | 'BUDGETS_EVERY_MS'
  | 'PRESSURE_URL'
  | 'PRESSURE_KEY'
  | 'PRESSURE_EVERY_MS'
>;

type Around = { readonly runtime: Runtime; readonly parts: Pick<DialogEngineParts, 'codes'> };

/** Whom the configuration names is asked; nobody has a budget, and the sender has room, where it names none. */
export const outsideOf = (config: OutsideSettings, around: Around): Outside => ({
  registration: registrationOf(config, around),
  budgets: budgetsOf(config, around.runtime),
  pressure: pressureOf(config, around.runtime),
});

/** Ends the asking. */
export const closeOutside = ({ registration, budgets, pressure }: Outside): void => {
  for (const each of [registration, budgets, pressure]) each.close();
};

const registrationOf = (config: OutsideSettings, { runtime, parts }: Around): Registration => {
  const own = builtInRegistration(parts.codes, (reason) =>
    runtime.logger.error({ alarm: 'code-unreadable', reason }, 'a registration code cannot be read'),
  );
  if (config.REGISTRATION_URL === undefined) return { ...own, close: () => undefined };
  const unavailable = runtime.metrics.counter(
    'registration_unavailable_total',
    'Codes that the registration service outside did not answer about',
  );
  const outside = httpRegistration({
    url: config.REGISTRATION_URL.href,
    token: config.REGISTRATION_TOKEN?.reveal(),
    timeoutMs: config.REGISTRATION_TIMEOUT_MS,
    cacheMs: config.REGISTRATION_CACHE_SECONDS * 1_000,
    now: Date.now,
    onUnavailable: (reason) => {
      unavailable.inc();
      runtime.logger.warn({ reason }, 'the registration service did not answer');
    },
  });
  return { ...firstKnown([own, outside]), close: () => outside.close() };
};

const budgetsOf = (config: OutsideSettings, { logger, metrics }: Runtime): SpentBudgets => {
  if (config.BUDGETS_URL === undefined) return noBudgets;
  const spent = metrics.gauge('budgets_spent', 'Employers whose budget for texts is spent this month');
  return askedBudgets({
    url: config.BUDGETS_URL.href,
    key: config.BUDGETS_KEY?.reveal(),
    everyMs: config.BUDGETS_EVERY_MS,
    onAnswer: (employers) => spent.set(employers.size),
    onFailed: (err) => logger.warn({ err }, 'budgets are not told; those known last hold'),
  });
};

const pressureOf = (config: OutsideSettings, { logger, metrics }: Runtime): SenderPressure => {
  if (config.PRESSURE_URL === undefined) return noPressure;
  const pressed = metrics.gauge('sender_pressed', '1 while sms-sender said last that too many phones wait');
  return askedPressure({
    url: config.PRESSURE_URL.href,
    key: config.PRESSURE_KEY?.reveal(),
    everyMs: config.PRESSURE_EVERY_MS,
    now: () => performance.now(),
    onAnswer: (said) => pressed.set(said.pressed ? 1 : 0),
    onFailed: (err) =>
      logger.warn({ err }, 'sms-sender does not say how much waits; in a minute it counts as little'),
  });
};
