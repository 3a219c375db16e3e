import { inMemoryCheckpointStore, type CheckpointStore, type Publisher } from '@stopcovid/kafka';
import type { DialogStore } from './dialogs/dialog-store';
import { inMemoryDialogStore } from './dialogs/in-memory-dialog-store';
import { inMemoryHeldCommands, type HeldCommands, type HeldOverview } from './held/held-commands';
import { inMemoryRegistrationCodes, type RegistrationCodes } from './registration/registration-codes';
import { inMemoryRevisionStore, type RevisionStore } from './revisions/revision-store';

/** The world around the engine, through its ports. */
export type DialogEngineParts = {
  readonly dialogs: DialogStore;
  readonly revisions: RevisionStore;
  readonly codes: RegistrationCodes;
  readonly checkpoints: CheckpointStore;
  readonly held: HeldCommands & HeldOverview;
  readonly publisher: Publisher;
  /** Lets go of the stores; called last, when nothing is handled any more. The transport closes its publisher. */
  readonly close: () => Promise<void>;
};

/** A world in memory around this publisher: nothing survives a restart. */
export const inMemoryDialogEngineParts = (
  publisher: Publisher,
  codes: RegistrationCodes = inMemoryRegistrationCodes(),
): DialogEngineParts => ({
  dialogs: inMemoryDialogStore(),
  revisions: inMemoryRevisionStore(),
  codes,
  checkpoints: inMemoryCheckpointStore(),
  held: inMemoryHeldCommands(),
  publisher,
  close: () => Promise.resolve(),
});
