export { isTypeName } from './refusal';
export { dialogCommandSchema, noticeSchema } from './commands';
export type { Command, CommandType, DialogCommand, Notice } from './commands';
export {
  decodeBatch,
  optOutIn,
  decodeCommand,
  decodeLogRecord,
  encodeBatch,
  commandRecord,
  encodeCommand,
  encodeLogRecord,
} from './codec';
export type { Decoded, DecodedBatch } from './codec';
export type { DecodeError } from './refusal';
export { decodeKeyed } from './keyed';
export type { Keyed, KeyedError } from './keyed';
export { deliverySchema, occurrenceSchema } from './delivery';
export type { Delivery, PlannedRepeat, Repeat } from './delivery';
export {
  drillContentSchema,
  drillRevisionSchema,
  passMarkSchema,
  profileFieldSchema,
  ratingOfSchema,
} from './drill';
export type { DrillContent, DrillRevision, NextTarget, Prompt, PromptMessage, PromptOption } from './drill';
export { batchEnvelopeSchema, mayBegin, orderOf } from './event-batch';
export type { EventBatch } from './event-batch';
export { dialogEventSchema, eventSample, eventTypes } from './events';
export type { AskedPrompt, DialogEvent, Event, EventType } from './events';
export {
  channelSchema,
  commandIdSchema,
  drillHashSchema,
  drillSlugSchema,
  languageSchema,
  localDateSchema,
  optionIdSchema,
  phoneAsTyped,
  phoneSchema,
  promptSlugSchema,
  runIdSchema,
  timestampSchema,
  weekdaySchema,
} from './ids';
export type {
  Channel,
  CommandId,
  DrillHash,
  DrillRunId,
  DrillSlug,
  Language,
  OptionId,
  Phone,
  PromptSlug,
  Timestamp,
} from './ids';
export { carrierStatusSchema, smsEncodingSchema, smsLogRecordSchema } from './sms-log';
export type { CarrierStatus, SmsEncoding, SmsLogRecord } from './sms-log';
export { deadLetterTopic, topics, topicSettings } from './topics';
export type { Topic, TopicSettings } from './topics';
export { accountSchema, consentSchema, profileChangesSchema, traineeSchema } from './trainee';
export type {
  Account,
  AccountChanges,
  AnswerValue,
  Consent,
  Profile,
  ProfileChanges,
  Registration,
  SchedulePause,
  Trainee,
} from './trainee';
