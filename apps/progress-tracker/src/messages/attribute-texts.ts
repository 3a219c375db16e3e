import { encodeLogRecord, topics, type EventBatch } from '@stopcovid/contracts';
import type { OutgoingRecord, Publisher } from '@stopcovid/kafka';

/* The command of a text has the carrier's id of it. Ids of the log are shorter than ids of commands may be. */
const mostSid = 64;
const isOfText = ({ commandType, commandId }: EventBatch): boolean =>
  commandType === 'ReceiveSms' && commandId.length <= mostSid;

const attributionIn = ({ phone, at, commandId, trainee }: EventBatch): OutgoingRecord => {
  const { account, profile } = trainee;
  return {
    key: phone,
    value: encodeLogRecord({
      type: 'SmsStatusChanged',
      schemaVersion: 1,
      phone,
      at,
      sid: commandId,
      status: 'received',
      ...(account.employerId !== undefined && { employerId: account.employerId }),
      ...(account.unitId !== undefined && { unitId: account.unitId }),
      language: profile.language,
    }),
  };
};

/**
 * Says in the message log whom each text that came in counts for: its trainee as they were once it had been decided on, as
 * the answer to it says. There it is for good, whatever becomes of the trainee. Told again it is the same.
 */
export const attributeTexts = async (publisher: Publisher, batches: readonly EventBatch[]): Promise<void> => {
  const texts = batches.filter(isOfText);
  if (texts.length > 0) await publisher.publish(topics.smsLog, texts.map(attributionIn));
};
