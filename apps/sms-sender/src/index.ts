export { SenderConfig, twilioSettingsOf } from './config';
export { inMemoryOutboxStore } from './in-memory-outbox-store';
export { mongoOutboxStore } from './mongo-outbox-store';
export type { OutboxStore } from './outbox-store';
export { SmsSenderModule } from './sms-sender.module';
export type { SenderParts } from './sms-sender.module';
export type { TextGateway } from './text-gateway';
export { twilioGateway } from './twilio-gateway';
