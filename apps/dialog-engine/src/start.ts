import { topics } from '@stopcovid/contracts';
import { prepareToHearStop } from '@stopcovid/dialog-core';
import {
  type BatchTransport,
  type CheckpointStore,
  type InMemoryLog,
  inMemoryTransport,
  kafkaTransport,
  type Marks,
} from '@stopcovid/kafka';
import { serviceConnection } from '@stopcovid/mongo';
import {
  answerMeanwhile,
  bootstrapApp,
  createRuntime,
  type RunningApp,
  type Runtime,
} from '@stopcovid/runtime';
import { mongoCheckpointStore } from './checkpoints/mongo-checkpoint-store';
import type { DialogEngineConfig } from './config';
import type { CatalogueSource } from './catalogue';
import { DialogEngineModule, type DialogEngineSettings } from './dialog-engine.module';
import type { DialogStore } from './dialogs/dialog-store';
import { mongoDialogStore } from './dialogs/mongo-dialog-store';
import { drillsInTime, drillsOf } from './engine-drills';
import { mongoHeldCommands } from './held/mongo-held-commands';
import { inMemoryDialogEngineParts, type DialogEngineParts } from './parts';
import { mongoRegistrationCodes } from './registration/mongo-registration-codes';
import type { RegistrationCodes } from './registration/registration-codes';
import { mongoRevisionStore } from './revisions/mongo-revision-store';

const service = 'dialog-engine';

/** The engine over Kafka and MongoDB, as a service. */
export const startDialogEngine = async (
  config: DialogEngineConfig,
  runtime: Runtime = createRuntime(service, config),
): Promise<RunningApp> => {
  const world = await answerMeanwhile({ config, runtime }, () => realWorld(config, runtime));
  return startWith({ config, runtime, ...world });
};

/** Connects the stores to MongoDB and the transport to Kafka; waits until MongoDB answers, and for drills to use. */
export const realWorld = async (
  config: DialogEngineConfig,
  runtime: Runtime,
): Promise<Required<Pick<DialogEngineSetup, 'transport' | 'parts' | 'catalogue'>>> => {
  const stores = await mongoStores(config, runtime);
  const { checkpoints, revisions } = stores;
  const catalogue = await drillsInTime({ config, runtime, revisions });
  const transport = kafkaTransport({
    runtime,
    group: config.KAFKA_GROUP,
    config,
    options: {
      fromCheckpoint: (topic, partition) => checkpoints.read(topic, partition),
      marks: checkpoints,
    },
  });
  return { transport, catalogue, parts: { ...stores, publisher: transport.publisher } };
};

/** What the engine needs to run in somebody else's process: a log, a place for its routes, and codes to know. */
export type InMemoryDialogEngine = {
  readonly config: DialogEngineSettings & Pick<DialogEngineConfig, 'HOST' | 'PORT'>;
  readonly runtime: Runtime;
  readonly log: InMemoryLog;
  readonly codes?: RegistrationCodes;
  readonly dialogs?: DialogStore;
};

/** The engine over a log in memory: nothing survives a restart. */
export const startInMemoryDialogEngine = ({
  config,
  runtime,
  log,
  codes,
  dialogs,
}: InMemoryDialogEngine): Promise<RunningApp> => {
  const transport = inMemoryTransport({ runtime, group: service, log });
  return startWith({
    config,
    runtime,
    transport,
    parts: { ...inMemoryDialogEngineParts(transport.publisher, codes), ...(dialogs && { dialogs }) },
  });
};

/** Everything that the engine is started with. */
export type DialogEngineSetup = Pick<InMemoryDialogEngine, 'config' | 'runtime'> & {
  readonly transport: BatchTransport;
  readonly parts: DialogEngineParts;
  /** The drills, where they were read already; else those of the configuration, which must be usable. */
  readonly catalogue?: CatalogueSource;
};

/* Some hundred milliseconds that no trainee's text is to wait for. */
const makeHearing = ({ logger }: Pick<Runtime, 'logger'>): void => {
  const from = performance.now();
  prepareToHearStop();
  logger.info({ ms: Math.round(performance.now() - from) }, 'requests to stop can be heard');
};

/** Starts the engine over this transport and these parts, which it closes also when it cannot start. */
export const startWith = async (setup: DialogEngineSetup): Promise<RunningApp> => {
  const { config, runtime, transport, parts } = setup;
  makeHearing(runtime);
  const partitions = (): readonly number[] => transport.strategy.shareOf(topics.dialogCommands).partitions;
  let { catalogue } = setup;
  try {
    catalogue ??= await drillsOf({ config, runtime, revisions: parts.revisions });
    return await bootstrapApp(DialogEngineModule.with({ config, runtime, parts, catalogue, partitions }), {
      runtime,
      port: config.PORT,
      host: config.HOST,
      strategies: [transport.strategy],
    });
  } catch (error) {
    catalogue?.close();
    await transport.publisher.close();
    await parts.close();
    throw error;
  }
};

const mongoStores = async (
  config: DialogEngineConfig,
  runtime: Runtime,
): Promise<Omit<DialogEngineParts, 'publisher'> & { readonly checkpoints: CheckpointStore & Marks }> => {
  const connection = await serviceConnection(config, runtime);
  return {
    dialogs: mongoDialogStore(connection),
    revisions: mongoRevisionStore(connection),
    codes: mongoRegistrationCodes(connection),
    checkpoints: mongoCheckpointStore(connection),
    held: mongoHeldCommands(connection),
    close: () => connection.close(),
  };
};
