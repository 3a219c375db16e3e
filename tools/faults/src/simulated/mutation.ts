import type {
  cachedDialogStore,
  DialogStore,
  HeldCommands,
  HeldOverview,
  RegistrationLookup,
} from '@stopcovid/dialog-engine';
import type { LogRecord, Publisher } from '@stopcovid/kafka';
import type { ClockParts, PhoneSchedules, ProgressStore } from '@stopcovid/progress-tracker';
import type { announceBy, KeptAgenda, OutboxStore, TextGateway } from '@stopcovid/sms-sender';
import type { ConsumerRules } from './consumer';
import type { World } from './world';

/** A protocol with one rule broken. What is left out is as it should be. */
export type Mutation = {
  /** It shows only when readers begin further on than they should. */
  readonly skips?: boolean;
  /** It shows only where drills come by themselves. */
  readonly days?: true;
  readonly consumer?: ConsumerRules;
  readonly dialogs?: (
    store: DialogStore,
    around: { readonly world: World; readonly publisher: Publisher },
  ) => DialogStore;
  readonly cache?: typeof cachedDialogStore;
  /** What the engine reads instead of a record. */
  readonly command?: (record: LogRecord) => LogRecord;
  readonly registration?: (registration: RegistrationLookup) => RegistrationLookup;
  readonly held?: (held: HeldCommands & HeldOverview) => HeldCommands & HeldOverview;
  /** Nobody looks whether the wait of a phone's commands is over. */
  readonly neverWakes?: true;
  readonly publisher?: (publisher: Publisher) => Publisher;
  readonly progress?: (store: ProgressStore) => ProgressStore;
  /** Where the reader of batches keeps schedules. */
  readonly schedules?: (phones: PhoneSchedules, world: World) => PhoneSchedules;
  /** What the clock is made of. */
  readonly clock?: (parts: ClockParts, world: World) => ClockParts;
  readonly outboxes?: (store: OutboxStore, world: World) => OutboxStore;
  /** How the sender knows what is due. */
  readonly agenda?: typeof KeptAgenda;
  readonly gateway?: (gateway: TextGateway) => TextGateway;
  readonly announce?: (announce: ReturnType<typeof announceBy>) => ReturnType<typeof announceBy>;
  /** What the sender believes to have taken in last of a phone, when a version arrives. */
  readonly lastTaken?: (last: number, arriving: number) => number;
  /** What the sender reads instead of a record. */
  readonly record?: (record: LogRecord) => LogRecord;
};
