import { randomUUID } from 'node:crypto';
import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { runIdSchema, timestampSchema } from '@stopcovid/contracts';
import { keepCheckpoints } from '@stopcovid/kafka';
import { pause, RuntimeModule, type Runtime } from '@stopcovid/runtime';
import type { CatalogueSource } from './catalogue';
import { CommandController, HANDLE_COMMANDS } from './command.controller';
import { handleCommands, type HandleCommands } from './commands/handle-commands';
import { reportBatch } from './commands/report-batch';
import type { DialogEngineConfig } from './config';
import { cachedDialogStore } from './dialogs/cached-dialog-store';
import { keepWaking } from './held/wake-held';
import { closeOutside, outsideOf, type Outside, type OutsideSettings } from './outside';
import type { DialogEngineParts } from './parts';
import { cachedRevisionStore, type RevisionStore } from './revisions/revision-store';

const CATALOGUE = Symbol('CATALOGUE');
const OUTSIDE = Symbol('OUTSIDE');
const REVISIONS = Symbol('REVISIONS');
const PARTS = Symbol('PARTS');
const WAKING = Symbol('WAKING');

/** What the module is made of. */
export type DialogEngineSetting = {
  readonly config: DialogEngineSettings;
  readonly runtime: Runtime;
  readonly parts: DialogEngineParts;
  /** The drills, which the module closes. */
  readonly catalogue: CatalogueSource;
  /** The partitions of the commands' topic that this process has at the moment. */
  readonly partitions: () => readonly number[];
};

/** The part of the configuration that does not say where Kafka and MongoDB are. */
export type DialogEngineSettings = OutsideSettings &
  Pick<
    DialogEngineConfig,
    'DRILLS_DIR' | 'DRILLS_URL' | 'DRILLS_EVERY_MS' | 'DIALOG_CACHE_SIZE' | 'DRILL_GOES_ON_HOURS'
  >;

/** The engine's wiring: commands come in by `CommandController`, everything else is behind the parts. */
@Module({})
export class DialogEngineModule implements OnApplicationShutdown {
  constructor(
    @Inject(PARTS) private readonly parts: DialogEngineParts,
    @Inject(CATALOGUE) private readonly catalogue: CatalogueSource,
    @Inject(OUTSIDE) private readonly outside: Outside,
  ) {}

  /** The module for this configuration. */
  static with({ config, runtime, parts, catalogue, partitions }: DialogEngineSetting): DynamicModule {
    return {
      module: DialogEngineModule,
      imports: [RuntimeModule.with(runtime)],
      controllers: [CommandController],
      providers: [
        { provide: PARTS, useValue: parts },
        { provide: WAKING, useFactory: () => wakingWhileItRuns({ runtime, parts, partitions }) },
        { provide: REVISIONS, useFactory: () => cachedRevisionStore(parts.revisions) },
        { provide: OUTSIDE, useFactory: () => outsideOf(config, { runtime, parts }) },
        { provide: CATALOGUE, useValue: catalogue },
        {
          provide: HANDLE_COMMANDS,
          inject: [REVISIONS, OUTSIDE],
          useFactory: (revisions: RevisionStore, outside: Outside): HandleCommands =>
            keepCheckpoints(
              handleCommands({
                store: cachedDialogStore(parts.dialogs, config.DIALOG_CACHE_SIZE),
                held: parts.held,
                publisher: parts.publisher,
                catalogue,
                revisions,
                ...outside,
                clock: () => timestampSchema.parse(new Date(runtime.clock.now()).toISOString()),
                newRunId: () => runIdSchema.parse(randomUUID()),
                goesOnHours: config.DRILL_GOES_ON_HOURS,
                report: reportBatch(runtime),
              }),
              {
                checkpoints: parts.checkpoints,
                everyMs: 1_000,
                now: Date.now,
                pause,
                onFailed: (err) => runtime.logger.warn({ err }, 'the checkpoint could not be written'),
              },
            ),
        },
      ],
    };
  }

  /** The last to end: what wakes held commands has ended by then. */
  async onApplicationShutdown(): Promise<void> {
    this.catalogue.close();
    closeOutside(this.outside);
    await this.parts.close();
  }
}

/** Looks for held commands from the application's start to its end. */
const wakingWhileItRuns = ({
  runtime,
  parts,
  partitions,
}: Omit<DialogEngineSetting, 'config' | 'catalogue'>): OnApplicationBootstrap & OnApplicationShutdown => {
  let waking: { close(): Promise<void> } | undefined;
  return {
    onApplicationBootstrap: () => {
      waking = keepWaking({ ...parts, partitions, now: () => performance.now() }, runtime);
    },
    onApplicationShutdown: () => waking?.close(),
  };
};
