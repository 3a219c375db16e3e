import { VersionedReader, type SliceReport, type WaitingPhones } from '@stopcovid/projections';
import type { Outbox } from '../outbox/outbox';
import { isStoreOutage } from '../store/store-watch';
import { outboxDocuments, type OutboxSource } from './outbox-documents';
import { outboxFold, type FoldParts } from './outbox-fold';

/** What batches are taken in with. */
export type BatchParts = FoldParts &
  OutboxSource & {
    readonly waiting: WaitingPhones;
    /** There are new texts to send. */
    readonly wake: () => void;
    readonly report: (report: SliceReport) => void;
  };

/** Takes in event batches: one write per phone, whatever number of batches it has. Sends nothing itself. */
export class BatchIntake extends VersionedReader<Outbox> {
  constructor({ store, recent, waiting, wake, report, now, ...rest }: BatchParts) {
    super({
      fold: outboxFold({ ...rest, now }),
      documents: outboxDocuments({ store, recent }),
      waiting,
      unknownEvents: 'wait',
      afterSave: wake,
      isOutage: isStoreOutage,
      report,
      now,
    });
  }
}
