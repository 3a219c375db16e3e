import { decodeKeyed, decodeLogRecord, commandRecord, topics, type Phone } from '@stopcovid/contracts';
import { done, retry, type LogRecord, type Outcome, type Publisher } from '@stopcovid/kafka';
import { groupBy } from '@stopcovid/runtime';
import { optOutCommand } from '../dispatch/announce';
import type { DeliveryPolicy } from '../outbox/deliver';
import type { Outbox } from '../outbox/outbox';
import type { OutboxStore } from '../store/outbox-store';
import {
  refusalIn,
  reportsOptOut,
  settleByReport,
  type ReportedRefusal,
  type StatusReport,
} from '../outbox/status-report';
import { isStoreOutage } from '../store/store-watch';

export type StatusParts = {
  readonly store: Pick<OutboxStore, 'load' | 'save'>;
  readonly publisher: Publisher;
  readonly policy: DeliveryPolicy;
  readonly now: () => number;
  /** There may be something new to do. */
  readonly wake: () => void;
  /** The account or a sender is refused, as the carrier says of a text that it had taken. */
  readonly refused: (refusal: ReportedRefusal) => void;
  /** Has this text left its outbox for good? */
  readonly isSettled: (messageId: string) => boolean;
  readonly onReport: (report: StatusReport) => void;
  readonly onTrouble: (error: unknown) => void;
};

const attempts = 20;
const marker = 'SmsStatusChanged';

/**
 * Learns from the log what the carrier reported of our texts: a text in doubt is settled without asking the list. The
 * log is for others too, so what cannot be read here is left to them.
 */
export class StatusIntake {
  constructor(private readonly parts: StatusParts) {}

  async handle(records: readonly LogRecord[]): Promise<readonly Outcome[]> {
    const reports = records.flatMap((record) => reportOf(record) ?? []);
    try {
      const stored = await this.#takeIn(
        groupBy(
          reports.filter((report) => this.#maySaySomething(report)),
          ({ phone }) => phone,
        ),
      );
      if (!stored) return records.map(() => retry('outboxes are written by somebody else'));
    } catch (error) {
      this.parts.onTrouble(error);
      if (!isStoreOutage(error) && !(error instanceof PublishFailed)) throw error;
      return records.map(() => retry('reports cannot be settled now'));
    }
    reports.forEach(this.parts.onReport);
    return records.map(() => done);
  }

  /** That a settled text went well changes nothing: most reports say that, and are not worth a read. */
  #maySaySomething({ messageId, errorCode }: StatusReport): boolean {
    return errorCode !== undefined || !this.parts.isSettled(messageId);
  }

  async #takeIn(reports: ReadonlyMap<Phone, readonly StatusReport[]>): Promise<boolean> {
    let waiting = [...reports.keys()];
    for (let attempt = 0; attempt < attempts && waiting.length > 0; attempt += 1) {
      const stored = [...(await this.parts.store.load(waiting)).outboxes.values()];
      await this.#tellOptOuts(stored.flatMap((outbox) => optOutsIn(outbox, reports)));
      const changed = stored.flatMap((outbox) => this.#settled(outbox, reports));
      const conflicts = changed.length > 0 ? await this.parts.store.save(changed) : new Set<Phone>();
      if (changed.length > 0) this.parts.wake();
      waiting = waiting.filter((phone) => conflicts.has(phone));
    }
    return waiting.length === 0;
  }

  #settled(outbox: Outbox, reports: ReadonlyMap<Phone, readonly StatusReport[]>): readonly Outbox[] {
    const { now, policy } = this.parts;
    const own = reports.get(outbox.phone) ?? [];
    own.flatMap((report) => refusalIn(outbox, report) ?? []).forEach(this.parts.refused);
    const next = own.reduce((each, report) => settleByReport(each, report, { at: now(), policy }), outbox);
    return next === outbox ? [] : [next];
  }

  /** Before the outbox remembers it: told twice is harmless, told never is not. */
  async #tellOptOuts(reports: readonly StatusReport[]): Promise<void> {
    if (reports.length === 0) return;
    const commands = reports.map(({ phone, messageId, at }) =>
      commandRecord(optOutCommand(phone, messageId, at)),
    );
    await this.parts.publisher.publish(topics.dialogCommands, commands).catch((cause: unknown) => {
      throw new PublishFailed('opt-outs could not be told', { cause });
    });
  }
}

class PublishFailed extends Error {
  override readonly name = 'PublishFailed';
}

const optOutsIn = (
  outbox: Outbox,
  reports: ReadonlyMap<Phone, readonly StatusReport[]>,
): readonly StatusReport[] =>
  (reports.get(outbox.phone) ?? []).filter((report) => reportsOptOut(outbox, report)).slice(0, 1);

/** Most records are not reports: those are not worth decoding. */
const reportOf = (record: LogRecord): StatusReport | undefined => {
  if (record.value?.includes(marker) !== true) return undefined;
  const read = decodeKeyed(record, decodeLogRecord);
  if (!read.ok || read.value.type !== 'SmsStatusChanged' || read.value.messageId === undefined)
    return undefined;
  const { phone, messageId, sid, status, errorCode, at } = read.value;
  return {
    phone,
    messageId,
    sid,
    status,
    ...(errorCode === undefined ? {} : { errorCode }),
    at: Date.parse(at),
  };
};
