import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { guardedBy, parseApiKeys, RuntimeModule, settingsCallers } from '@stopcovid/runtime';
import type { SenderSettings } from './config';
import { Dispatcher } from './dispatch/dispatcher';
import { usualLimit, watchedPressure, type PressureWatch } from './dispatch/pressure';
import { PressureController, pressurePath, PRESSURE_WATCH } from './dispatch/pressure.controller';
import { EventController, TAKE_IN_BATCHES } from './intake/event.controller';
import { StatusIntake } from './intake/handle-statuses';
import { StatusController } from './intake/status.controller';
import type { SenderParts, SenderSetting } from './sender-parts';
import { pressureSignals } from './signals';
import type { OutboxStore } from './store/outbox-store';
import { wayOfAText } from './way-of-a-text';

const PARTS = Symbol('PARTS');

const pressureOf = ({ config, runtime, parts }: SenderSetting, store: OutboxStore): PressureWatch =>
  watchedPressure({
    store,
    limit: config.SMS_BACKLOG_LIMIT ?? usualLimit(config.SMS_PER_SECOND),
    everyMs: config.SMS_BACKLOG_EVERY_MS,
    now: parts.now ?? runtime.clock.now,
    ...pressureSignals(runtime),
  });

/** The routes besides those of the runtime: without keys there is none. */
const routesFor = ({ API_KEYS: keys }: SenderSettings) =>
  keys === undefined
    ? { controllers: [], providers: [] }
    : {
        controllers: [PressureController],
        providers: guardedBy(settingsCallers(parseApiKeys(keys.reveal()))),
      };

/** Event batches in; texts out to the carrier, once each and in order per phone. Owns `outboxes`, `sender_waiting_phones` and `sender_checkpoints`. */
@Module({})
export class SmsSenderModule
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  constructor(
    @Inject(Dispatcher) private readonly dispatcher: Dispatcher,
    @Inject(PRESSURE_WATCH) private readonly pressure: PressureWatch,
    @Inject(PARTS) private readonly parts: SenderParts,
  ) {}

  static with(setting: SenderSetting): DynamicModule {
    const { config, runtime, parts } = setting;
    const { takeIn, dispatcher, reports, outboxes } = wayOfAText(setting);
    const routes = routesFor(config);
    return {
      module: SmsSenderModule,
      imports: [RuntimeModule.with(runtime)],
      controllers: [EventController, StatusController, ...routes.controllers],
      providers: [
        { provide: PARTS, useValue: parts },
        { provide: Dispatcher, useValue: dispatcher },
        { provide: TAKE_IN_BATCHES, useValue: takeIn },
        { provide: StatusIntake, useValue: reports },
        { provide: PRESSURE_WATCH, useFactory: () => pressureOf(setting, outboxes) },
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
