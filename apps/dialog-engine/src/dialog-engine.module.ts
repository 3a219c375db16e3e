import { randomUUID } from 'node:crypto';
import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { runIdSchema, timestampSchema } from '@stopcovid/contracts';
import { formatProblem } from '@stopcovid/drills';
import { RuntimeModule, type Runtime } from '@stopcovid/runtime';
import { watchedCatalogue, type CatalogueSource, type KeepingListener } from './catalogue';
import { keepCheckpoints } from './checkpoints/keep-checkpoints';
import { CommandController, HANDLE_COMMANDS } from './command.controller';
import { handleCommands, type HandleCommands } from './commands/handle-commands';
import { reportBatch } from './commands/report-batch';
import type { DialogEngineConfig } from './config';
import { cachedDialogStore } from './dialogs/cached-dialog-store';
import { keepWaking } from './held/wake-held';
import type { DialogEngineParts } from './parts';
import { askedPressure, noPressure, type SenderPressure } from './postponing/sender-pressure';
import { askedBudgets, noBudgets, type SpentBudgets } from './postponing/spent-budgets';
import { httpRegistration } from './registration/http-registration';
import { firstKnown, type RegistrationLookup } from './registration/registration';
import { builtInRegistration } from './registration/registration-codes';
import { cachedRevisionStore, type RevisionStore } from './revisions/revision-store';

const CATALOGUE = Symbol('CATALOGUE');
/** What other services know: codes, budgets, and whether the sender has room. */
const OUTSIDE = Symbol('OUTSIDE');
const REVISIONS = Symbol('REVISIONS');
const PARTS = Symbol('PARTS');
const WAKING = Symbol('WAKING');

type Registration = RegistrationLookup & { close(): void };
type Outside = {
  readonly registration: Registration;
  readonly budgets: SpentBudgets;
  readonly pressure: SenderPressure;
};

/** What the module is made of. */
export type DialogEngineSetting = {
  readonly config: DialogEngineSettings;
  readonly runtime: Runtime;
  readonly parts: DialogEngineParts;
  /** The partitions of the commands' topic that this process has at the moment. */
  readonly partitions: () => readonly number[];
};

/** The part of the configuration that does not say where Kafka and MongoDB are. */
export type DialogEngineSettings = Pick<
  DialogEngineConfig,
  | 'DRILLS_DIR'
  | 'DRILLS_URL'
  | 'DRILLS_EVERY_MS'
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
  | 'DIALOG_CACHE_SIZE'
>;

/** The engine's wiring: commands come in by `CommandController`, everything else is behind the parts. */
@Module({})
export class DialogEngineModule implements OnApplicationBootstrap, OnApplicationShutdown {
  #waking: { close(): Promise<void> } | undefined;

  constructor(
    @Inject(PARTS) private readonly parts: DialogEngineParts,
    @Inject(CATALOGUE) private readonly catalogue: CatalogueSource,
    @Inject(OUTSIDE) private readonly outside: Outside,
    @Inject(WAKING) private readonly keepWaking: () => { close(): Promise<void> },
  ) {}

  /** The module for this configuration. Start fails, with all problems listed, when the drills cannot be used. */
  static with({ config, runtime, parts, partitions }: DialogEngineSetting): DynamicModule {
    return {
      module: DialogEngineModule,
      imports: [RuntimeModule.with(runtime)],
      controllers: [CommandController],
      providers: [
        { provide: PARTS, useValue: parts },
        {
          provide: WAKING,
          useValue: () => keepWaking({ ...parts, partitions, now: () => performance.now() }, runtime),
        },
        { provide: REVISIONS, useFactory: () => cachedRevisionStore(parts.revisions) },
        {
          provide: OUTSIDE,
          useFactory: (): Outside => ({
            registration: registrationOf(config, { runtime, parts }),
            budgets: budgetsOf(config, runtime),
            pressure: pressureOf(config, runtime),
          }),
        },
        {
          provide: CATALOGUE,
          inject: [REVISIONS],
          useFactory: (revisions: RevisionStore) =>
            watchedCatalogue({
              place: config.DRILLS_URL ? { url: config.DRILLS_URL.href } : { directory: config.DRILLS_DIR },
              everyMs: config.DRILLS_EVERY_MS,
              revisions,
              listener: catalogueListener(runtime),
            }),
        },
        {
          provide: HANDLE_COMMANDS,
          inject: [CATALOGUE, REVISIONS, OUTSIDE],
          useFactory: (
            catalogue: CatalogueSource,
            revisions: RevisionStore,
            { registration, budgets, pressure }: Outside,
          ): HandleCommands =>
            keepCheckpoints(
              handleCommands({
                store: cachedDialogStore(parts.dialogs, config.DIALOG_CACHE_SIZE),
                held: parts.held,
                publisher: parts.publisher,
                catalogue,
                revisions,
                registration,
                budgets,
                pressure,
                clock: () => timestampSchema.parse(new Date().toISOString()),
                newRunId: () => runIdSchema.parse(randomUUID()),
                report: reportBatch(runtime),
              }),
              {
                checkpoints: parts.checkpoints,
                everyMs: 1_000,
                now: Date.now,
                onFailed: (err) => runtime.logger.warn({ err }, 'the checkpoint could not be written'),
              },
            ),
        },
      ],
    };
  }

  onApplicationBootstrap(): void {
    this.#waking = this.keepWaking();
  }

  async onApplicationShutdown(): Promise<void> {
    this.catalogue.close();
    this.outside.registration.close();
    this.outside.budgets.close();
    this.outside.pressure.close();
    await this.#waking?.close();
    await this.parts.close();
  }
}

type Around = Pick<DialogEngineSetting, 'runtime' | 'parts'>;

const registrationOf = (config: DialogEngineSettings, { runtime, parts }: Around): Registration => {
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

const budgetsOf = (config: DialogEngineSettings, { logger, metrics }: Runtime): SpentBudgets => {
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

const pressureOf = (config: DialogEngineSettings, { logger, metrics }: Runtime): SenderPressure => {
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

/** A bad edit is loud, and changes nothing: the old drills serve on. */
const catalogueListener = ({ logger, metrics }: Runtime): KeepingListener => {
  const refused = metrics.gauge('drills_refused', '1 while the drills as they are now cannot be used');
  refused.set(0);
  return {
    same: () => refused.set(0),
    changed: ({ version }) => {
      refused.set(0);
      logger.info({ catalogue: version }, 'the drills have changed');
    },
    refused: (problems) => {
      refused.set(1);
      logger.error(
        { problems: problems.map(formatProblem) },
        'the drills cannot be used; the old ones serve on',
      );
    },
    failed: (err) => logger.error({ err }, 'the drill revisions could not be kept yet'),
  };
};
