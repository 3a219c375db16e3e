export { fixedCatalogue } from './catalogue';
export { handleCommands } from './commands/handle-commands';
export type { CommandContext } from './commands/decide-slice';
export type { HandleCommands } from './commands/handle-commands';
export { mongoCheckpointStore } from './checkpoints/mongo-checkpoint-store';
export { DialogEngineConfig } from './config';
export { cachedDialogStore } from './dialogs/cached-dialog-store';
export { DialogEngineModule } from './dialog-engine.module';
export type { DialogEngineSetting, DialogEngineSettings } from './dialog-engine.module';
export type { Dialog, DialogStore, OutboxEntry, StoredDialog } from './dialogs/dialog-store';
export { inMemoryDialogStore } from './dialogs/in-memory-dialog-store';
export { mongoDialogStore } from './dialogs/mongo-dialog-store';
export { inMemoryHeldCommands } from './held/held-commands';
export type { HeldCommand, HeldCommands, HeldOverview } from './held/held-commands';
export { heldCommandSchema, mongoHeldCommands } from './held/mongo-held-commands';
export { wakingHeld, whyWaits } from './held/wake-held';
export { inMemoryDialogEngineParts } from './parts';
export type { DialogEngineParts } from './parts';
export { mongoRegistrationCodes } from './registration/mongo-registration-codes';
export {
  addCode,
  builtInRegistration,
  disableCode,
  inMemoryRegistrationCodes,
  listCodes,
} from './registration/registration-codes';
export type {
  CodeChange,
  NewCode,
  RegistrationCode,
  RegistrationCodes,
} from './registration/registration-codes';
export { inMemoryRevisionStore } from './revisions/revision-store';
export { startDialogEngine, startInMemoryDialogEngine } from './start';
export type { InMemoryDialogEngine } from './start';
export type { RegistrationLookup } from './registration/registration';
