import {
  encodeLogRecord,
  type DialogCommand,
  type EventBatch,
  type SmsLogRecord,
} from '@stopcovid/contracts';
import type { OutgoingRecord } from '@stopcovid/kafka';
import { segmentsOf } from '@stopcovid/sms-copy';
import { textsOfThePast } from '@stopcovid/sms-sender';

const received = (command: DialogCommand): readonly SmsLogRecord[] =>
  command.type === 'ReceiveSms'
    ? [
        {
          type: 'SmsReceived',
          schemaVersion: 1,
          phone: command.phone,
          at: command.at,
          sid: command.commandId,
          to: '+12025550100',
          body: command.text,
          mediaUrls: [],
          segments: segmentsOf(command.text).segments,
        },
      ]
    : [];

/** What the log of texts would have of a command and what was decided of it, for its topic. */
export const pastTexts = (): ((command: DialogCommand, batch: EventBatch) => readonly OutgoingRecord[]) => {
  const sent = textsOfThePast('made-up', {});
  return (command, batch) =>
    [...received(command), ...sent(batch)].map((record) => ({
      key: record.phone,
      value: encodeLogRecord(record),
    }));
};
