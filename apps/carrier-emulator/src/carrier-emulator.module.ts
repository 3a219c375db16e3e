import { resolve } from 'node:path';
import { Inject, Module, type DynamicModule, type OnModuleDestroy, type Provider } from '@nestjs/common';
import { NEVER, type Observable } from 'rxjs';
import { RuntimeModule, type Runtime } from '@stopcovid/runtime';
import { Carrier } from './carrier/carrier';
import type { CarrierOptions } from './carrier/carrier-parts';
import { ClockController } from './clock/clock.controller';
import { Day, TRAINEES, type DayParts } from './clock/day';
import { CompanyController } from './company/company.controller';
import { MADE_UP_COMPANY, type MadeUpCompany } from './company/made-up-company';
import type { CarrierEmulatorConfig } from './config';
import { Crowd } from './load/crowd';
import { LoadController } from './load/load.controller';
import { ASSETS_DIR, PageFiles } from './page-files';
import { ABOUT, type About } from './phones/about';
import { EventsController } from './phones/events.controller';
import { messageView, type MessageView } from './phones/phone-view';
import { PhonesController } from './phones/phones.controller';
import type { Credentials } from './twilio/credentials';
import { CREDENTIALS, MessagesController } from './twilio/messages.controller';
import { SettingsController } from './phones/settings.controller';
import { askProgress } from './trainees/progress-api';
import { TRAINEES_TOLD, watchTrainees, type TraineesTold } from './trainees/watch-trainees';
import { deliverWebhook } from './webhooks/deliver-webhook';
import { formPoster, type FormPoster } from './webhooks/post-form';

const POSTER = Symbol('POSTER');
const retryPauseMs = 200;
const phonesOnWall = 24;

/** `label=value`: only the first sign counts, since a URL may hold more of them. */
const pairOf = (text: string): readonly [label: string, value: string] => {
  const sign = text.indexOf('=');
  return sign === -1 ? [text, ''] : [text.slice(0, sign), text.slice(sign + 1)];
};

const carrierOptions = (config: CarrierEmulatorConfig): CarrierOptions => ({
  accountSid: config.ACCOUNT_SID,
  ownNumber: config.NUMBER,
  webhookUrl: config.WEBHOOK_URL.href,
  keepsConsent: config.CARRIER_OPT_OUT === 'on',
  stepMs: config.STEP_MS,
  seed: config.SEED,
  limits: {
    messages: config.KEEP_TOTAL,
    messagesPerPhone: config.KEEP_MESSAGES,
    phones: config.KEEP_PHONES,
    phonesOnWall,
  },
});

const carrierWith = (config: CarrierEmulatorConfig, poster: FormPoster, { clock }: Runtime): Carrier => {
  const webhooks = { poster, authToken: () => config.AUTH_TOKEN.reveal(), retryPauseMs };
  const carrier = new Carrier(carrierOptions(config), {
    now: () => new Date(clock.now()),
    deliver: (url, form, onAttempt) => deliverWebhook(webhooks, { url, form, onAttempt }),
  });
  for (const [address, name] of config.PHONES.map(pairOf))
    carrier.addPhone({ address, ...(name && { name }) });
  return carrier;
};

const credentialsOf = (config: CarrierEmulatorConfig): Credentials => {
  const [sid = '', secret = ''] = config.API_KEY?.reveal().split(/:(.*)/s) ?? [];
  return {
    accountSid: config.ACCOUNT_SID,
    authToken: config.AUTH_TOKEN.reveal(),
    ...(sid ? { apiKey: { sid, secret } } : {}),
  };
};

const aboutOf = (config: CarrierEmulatorConfig, day: MovableDay | undefined): About => ({
  movesClock: day !== undefined,
  makesCompany: day?.company !== undefined,
  number: config.NUMBER,
  hintCodes: config.HINT_CODES,
  links: config.LINKS.map(pairOf).map(([label, url]) => ({ label, url })),
});

/** What whoever hosts the emulator gives it to live a day: the clock that all of them go by, and the trainees. */
export type MovableDay = Pick<DayParts, 'clock' | 'trainees'> & {
  /** Where it can fill one. */
  readonly company?: MadeUpCompany;
};

const askEveryMs = 1_000;

/** What the service holds of the phones on the wall. Nothing, where nobody can be asked. */
const toldOf = (
  { PROGRESS_URL: url, PROGRESS_API_KEY: apiKey }: CarrierEmulatorConfig,
  { clock, logger }: Runtime,
  carrier: Carrier,
): Observable<TraineesTold> =>
  url === undefined
    ? NEVER
    : watchTrainees({
        phones: () => carrier.phones().map(({ address }) => address),
        ask: askProgress({ url, apiKey: apiKey?.reveal() ?? '' }),
        now: () => clock.now(),
        everyMs: askEveryMs,
        onAway: (err) => logger.warn({ err }, 'the progress API does not say what it holds of the phones'),
      });

const isOnTheRoad = ({ status }: MessageView): boolean => status === 'onItsWay' || status === 'sending';

const dayOf = ({ clock, trainees }: MovableDay): Provider[] => [
  { provide: TRAINEES, useValue: trainees },
  {
    provide: Day,
    inject: [Carrier],
    useFactory: (carrier: Carrier) =>
      new Day({
        clock,
        trainees,
        phones: () => carrier.phones().map(({ address }) => address),
        isBusy: (phone) => carrier.messages.conversation(phone).map(messageView).some(isOnTheRoad),
        comesWithinMs: 3_000,
      }),
  },
];

/** A carrier on this machine: Twilio's HTTP for the services, a wall of phones for people. */
@Module({})
export class CarrierEmulatorModule implements OnModuleDestroy {
  constructor(
    @Inject(Carrier) private readonly carrier: Carrier,
    @Inject(Crowd) private readonly crowd: Crowd,
    @Inject(POSTER) private readonly poster: FormPoster,
  ) {}

  /** A carrier of this configuration. Its clock can be moved from the page, by whoever sees it, where a day is given. */
  static with(config: CarrierEmulatorConfig, runtime: Runtime, day?: MovableDay): DynamicModule {
    const assetsDir = config.ASSETS_DIR === undefined ? undefined : resolve(config.ASSETS_DIR);
    return {
      module: CarrierEmulatorModule,
      imports: [RuntimeModule.with(runtime)],
      controllers: [
        MessagesController,
        PhonesController,
        EventsController,
        SettingsController,
        LoadController,
        ...(day === undefined ? [] : [ClockController]),
        ...(day?.company === undefined ? [] : [CompanyController]),
      ],
      providers: [
        { provide: POSTER, useFactory: formPoster },
        {
          provide: Carrier,
          inject: [POSTER],
          useFactory: (poster: FormPoster) => carrierWith(config, poster, runtime),
        },
        { provide: Crowd, inject: [Carrier], useFactory: (carrier: Carrier) => new Crowd(carrier) },
        {
          provide: TRAINEES_TOLD,
          inject: [Carrier],
          useFactory: (carrier: Carrier) => toldOf(config, runtime, carrier),
        },
        { provide: CREDENTIALS, useValue: credentialsOf(config) },
        { provide: ABOUT, useValue: aboutOf(config, day) },
        ...(day === undefined ? [] : dayOf(day)),
        { provide: MADE_UP_COMPANY, useValue: day?.company },
        { provide: ASSETS_DIR, useValue: assetsDir },
        PageFiles,
      ],
      exports: [Carrier],
    };
  }

  /** Open event streams would hold the server's closing up, so they end first. */
  onModuleDestroy(): void {
    this.crowd.close();
    this.carrier.close();
    this.poster.close();
  }
}
