import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { AskReread, Publisher } from '@stopcovid/kafka';
import type { WaitingPhones } from '@stopcovid/projections';
import { API_KEYS, parseApiKeys, pause, RuntimeModule, type Runtime } from '@stopcovid/runtime';
import { inGsm7, textsFor } from '@stopcovid/sms-copy';
import { announceBy } from './dispatch/announce';
import { idKeyOf, policyOf, type SenderSettings } from './config';
import { Dispatcher } from './dispatch/dispatcher';
import { EventController } from './intake/event.controller';
import { BatchIntake } from './intake/handle-batches';
import { StatusIntake } from './intake/handle-statuses';
import { messageIds } from './intake/message-id';
import type { OutboxStore, Partitions } from './store/outbox-store';
import { withoutBehind } from './store/without-behind';
import { UnreadableOutboxes } from './store/unreadable-outboxes';
import { watchedPressure, type PressureWatch } from './dispatch/pressure';
import { PressureController, pressurePath, PRESSURE_WATCH } from './dispatch/pressure.controller';
import {
  dispatcherSignals,
  pressureSignals,
  reportSlices,
  showDispatcher,
  showUnreadable,
  statusSignals,
  unreadableSignals,
} from './signals';
import { StatusController } from './intake/status.controller';
import type { TextGateway } from './carrier/text-gateway';
import { tokenBucket } from './dispatch/token-bucket';

/** The world around the sender, through its ports. */
export type SenderParts = {
  readonly publisher: Publisher;
  readonly store: OutboxStore;
  /** The phones whose batches wait. */
  readonly waiting: WaitingPhones;
  readonly gateway: TextGateway;
  /** Milliseconds since 1970; the process's clock by default. */
  readonly now?: () => number;
  /** The partitions to serve; all by default, which is right for any number of replicas, as claims are exclusive. */
  readonly partitions?: () => Partitions;
  /** This replica's part of the account's rate, 0 to 1; 1 by default. */
  readonly share?: () => number;
  /** Called last, when nothing is sent any more. */
  readonly close?: () => Promise<void>;
};

/** What the module is made of. */
export type SenderSetting = {
  readonly config: SenderSettings;
  readonly runtime: Runtime;
  readonly parts: SenderParts;
  /** Gives the transport of the events whom to ask whether to read again. */
  readonly rereadWhere: (ask: AskReread) => void;
};

const PARTS = Symbol('PARTS');

const limits = { maxPending: 200, pollMs: 1_000, refusedPauseMs: 60_000, announceMs: 2_000 } as const;

const dispatcherOf = ({ config, runtime, parts }: SenderSetting): Dispatcher =>
  new Dispatcher({
    store: withoutBehind(parts.store, parts.waiting),
    gateway: parts.gateway,
    announce: announceBy(parts.publisher, limits.announceMs),
    bucket: tokenBucket(config.SMS_PER_SECOND, config.SMS_SEGMENTS_PER_SECOND),
    policy: policyOf(config),
    now: parts.now ?? Date.now,
    pause,
    partitions: parts.partitions ?? (() => 'all'),
    share: parts.share ?? (() => 1),
    maxInFlight: config.SMS_IN_FLIGHT,
    pollMs: limits.pollMs,
    refusedPauseMs: limits.refusedPauseMs,
    signals: dispatcherSignals(runtime),
  });

const intakeOf = (setting: SenderSetting, dispatcher: Dispatcher): BatchIntake => {
  const { config, runtime, parts, rereadWhere } = setting;
  const copy = {
    carrierAnswers: new Set(config.SMS_CARRIER_ANSWERS),
    emojis: config.SMS_EMOJIS,
    ...(config.MEDIA_BASE_URL === undefined ? {} : { mediaBaseUrl: config.MEDIA_BASE_URL.href }),
  };
  const signed = config.SMS_PLAIN_SIGNS ? inGsm7 : (body: string) => body;
  const intake = new BatchIntake({
    store: parts.store,
    waiting: parts.waiting,
    textsOf: (batch) => textsFor(batch, copy).map((text) => ({ ...text, body: signed(text.body) })),
    rules: {
      idOf: messageIds(idKeyOf(config)),
      maxPending: limits.maxPending,
      isFake: (phone) => config.SMS_FAKE_NUMBERS.some((prefix) => phone.startsWith(prefix)),
    },
    now: parts.now ?? Date.now,
    wake: () => dispatcher.wake(),
    report: reportSlices(runtime),
  });
  rereadWhere((place) => intake.rereadFrom(place));
  return intake;
};

const statusIntakeOf = ({ config, runtime, parts }: SenderSetting, dispatcher: Dispatcher): StatusIntake =>
  new StatusIntake({
    store: parts.store,
    publisher: parts.publisher,
    policy: policyOf(config),
    now: parts.now ?? Date.now,
    wake: () => dispatcher.wake(),
    ...statusSignals(runtime),
  });

const pressureOf = ({ config, runtime, parts }: SenderSetting): PressureWatch =>
  watchedPressure({
    store: parts.store,
    limit: config.SMS_BACKLOG_LIMIT,
    everyMs: config.SMS_BACKLOG_EVERY_MS,
    now: parts.now ?? Date.now,
    ...pressureSignals(runtime),
  });

/** The routes besides those of the runtime: without keys there is none. */
const routesFor = ({ API_KEYS: keys }: SenderSettings) =>
  keys === undefined
    ? { controllers: [], providers: [] }
    : {
        controllers: [PressureController],
        providers: [{ provide: API_KEYS, useFactory: () => parseApiKeys(keys.reveal()) }],
      };

/** Event batches in; texts out to the carrier, once each and in order per phone. Owns `outboxes` and `sender_waiting_phones`. */
@Module({})
export class SmsSenderModule
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  constructor(
    @Inject(Dispatcher) private readonly dispatcher: Dispatcher,
    @Inject(PRESSURE_WATCH) private readonly pressure: PressureWatch,
    @Inject(PARTS) private readonly parts: SenderParts,
  ) {}

  static with(given: SenderSetting): DynamicModule {
    const { config, runtime } = given;
    const unreadable = new UnreadableOutboxes({
      now: given.parts.now ?? Date.now,
      ...unreadableSignals(runtime),
    });
    showUnreadable(runtime, unreadable);
    const parts = { ...given.parts, store: unreadable.watched(given.parts.store) };
    const setting = { ...given, parts };
    const dispatcher = dispatcherOf(setting);
    showDispatcher(runtime, dispatcher);
    const routes = routesFor(config);
    return {
      module: SmsSenderModule,
      imports: [RuntimeModule.with(runtime)],
      controllers: [EventController, StatusController, ...routes.controllers],
      providers: [
        { provide: PARTS, useValue: parts },
        { provide: Dispatcher, useValue: dispatcher },
        { provide: BatchIntake, useValue: intakeOf(given, dispatcher) },
        { provide: StatusIntake, useValue: statusIntakeOf(setting, dispatcher) },
        { provide: PRESSURE_WATCH, useFactory: () => pressureOf(setting) },
        ...routes.providers,
      ],
    };
  }

  onApplicationBootstrap(): void {
    this.dispatcher.start();
  }

  /** Before the consumer closes: it takes the publisher down with it. What it still takes in waits in the store. */
  async beforeApplicationShutdown(): Promise<void> {
    this.pressure.close();
    await this.dispatcher.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.parts.close?.();
  }
}

/** What is logged of requests. For `bootstrapApp`. */
export const senderHttp = { routine: (path: string): boolean => path === `/${pressurePath}` };
