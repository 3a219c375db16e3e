import { encodeCommand, encodeLogRecord, topics } from '@stopcovid/contracts';
import type { OutgoingRecord, Publisher } from '@stopcovid/kafka';
import type { TracePlace } from '@stopcovid/runtime';
import type { TextRecords } from './text-records';

/** A text that can be a trainee's. */
export type GoodText = Extract<TextRecords, { kind: 'text' }>;

const commandOf = ({ phone, command }: GoodText, ledBy?: TracePlace): OutgoingRecord => ({
  key: phone,
  value: encodeCommand(command),
  trace: { command: command.commandId, ...(ledBy && { ledBy }) },
});

const receiptOf = ({ phone, command, record }: GoodText, ledBy?: TracePlace): OutgoingRecord => ({
  key: phone,
  value: encodeLogRecord(record),
  trace: { command: command.commandId, steps: ['received'], ...(ledBy && { ledBy }) },
});

/**
 * Publishes the command and the log record of each text. Both or neither counts: a repeat gives the same command id and
 * the same sid.
 */
export const publishTexts = async (
  publisher: Publisher,
  texts: readonly GoodText[],
  ledBy?: TracePlace,
): Promise<void> => {
  await Promise.all([
    publisher.publish(
      topics.smsLog,
      texts.map((text) => receiptOf(text, ledBy)),
    ),
    publisher.publish(
      topics.dialogCommands,
      texts.map((text) => commandOf(text, ledBy)),
    ),
  ]);
};
