import { carrierStatusSchema, phoneSchema, type CarrierStatus } from '@stopcovid/contracts';
import type { LoggedMessage } from '@stopcovid/progress-tracker';
import type { CarrierMessage } from '@stopcovid/twilio';

export const maria = phoneSchema.parse('+12025550143');
export const ownNumber = '+12025550100';

/** Noon of a day in spring, and some minutes later. */
export const minute = (minutes: number): Date => new Date(Date.UTC(2026, 2, 1, 12) + minutes * 60_000);

/** A text of ours as our log has it. */
export const logged = (
  name: string,
  {
    status = 'delivered',
    body = `text ${name}`,
    at = minute(0),
    ...more
  }: Partial<LoggedMessage> & {
    readonly status?: CarrierStatus | 'none';
    readonly body?: string | null;
    readonly at?: Date;
  } = {},
): LoggedMessage => ({
  content: {
    phone: maria,
    direction: 'outbound',
    channel: 'sms',
    mediaUrls: [],
    at,
    ...(body === null ? {} : { body }),
  },
  messageId: `m-${name}`,
  sids: [`SM-${name}`],
  ...(status === 'none' ? {} : { report: { status: carrierStatusSchema.parse(status), at } }),
  ...more,
});

/** The same text as the carrier lists it. */
export const listed = (name: string, changes: Partial<CarrierMessage> = {}): CarrierMessage => ({
  sid: `SM-${name}`,
  direction: 'outbound',
  from: ownNumber,
  to: maria,
  body: `text ${name}`,
  media: 0,
  status: 'delivered',
  at: minute(0),
  createdAt: minute(0),
  ...changes,
});

/** A text to us as the carrier lists it. */
export const listedInbound = (name: string, changes: Partial<CarrierMessage> = {}): CarrierMessage =>
  listed(name, { direction: 'inbound', from: maria, to: ownNumber, status: 'received', ...changes });
