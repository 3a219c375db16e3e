import type { AskReread, CheckpointStore, Publisher } from '@stopcovid/kafka';
import type { WaitingPhones } from '@stopcovid/projections';
import type { Runtime } from '@stopcovid/runtime';
import type { TextGateway } from './carrier/text-gateway';
import type { SenderSettings } from './config';
import type { CopySource } from './copy-source';
import type { OutboxStore, Partitions } from './store/outbox-store';

/** The world around the sender, through its ports. */
export type SenderParts = {
  readonly publisher: Publisher;
  readonly store: OutboxStore;
  /** The phones whose batches wait. */
  readonly waiting: WaitingPhones;
  /** How far the batches of each partition were taken in. */
  readonly checkpoints: CheckpointStore;
  readonly gateway: TextGateway;
  /** Milliseconds since 1970; the process's clock by default. */
  readonly now?: () => number;
  /** The partitions of `dialog.events.v1` to serve. */
  readonly partitions: () => Partitions;
  /** How often they were given to this replica: between two times another one may have served them. */
  readonly joins: () => number;
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
  readonly own: Pick<CopySource, 'current'>;
  /** Gives the transport of the events whom to ask whether to read again. */
  readonly rereadWhere: (ask: AskReread) => void;
};
