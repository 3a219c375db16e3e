import { smsEncodingSchema, type SmsEncoding } from '@stopcovid/contracts';
import { z } from 'zod';
import { daysAfter } from '../api/when';
import type { CostSums, MessageStore } from './message-store';

/** What the messages of one UTC day, direction, channel, encoding and employer came to. */
export type CostRow = Omit<CostSums, 'billed'> & {
  /** YYYY-MM-DD, UTC. */
  readonly day: string;
  readonly direction: 'inbound' | 'outbound';
  readonly channel: 'sms' | 'whatsapp';
  readonly encoding?: SmsEncoding;
  readonly employerId?: string;
};

/** Days in the form YYYY-MM-DD, UTC; both belong to the range. */
export type DayRange = { readonly from: string; readonly to: string };

const keySchema = z.object({
  day: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  channel: z.enum(['sms', 'whatsapp']),
});

const orderOf = ({ day, direction, channel, encoding, employerId }: CostRow): string =>
  JSON.stringify([day, direction, channel, encoding ?? '', employerId ?? '']);

/** The cost of some days, in their order. */
export const costRows = async (
  messages: Pick<MessageStore, 'costs'>,
  { from, to }: DayRange,
): Promise<readonly CostRow[]> => {
  const groups = await messages.costs({ from, until: daysAfter(to, 1) }, [
    'day',
    'direction',
    'channel',
    'encoding',
    'employerId',
  ]);
  return groups
    .map(({ name: { encoding, employerId, ...key }, sums: { billed: _billed, ...sums } }) => ({
      ...keySchema.parse(key),
      ...(encoding ? { encoding: smsEncodingSchema.parse(encoding) } : {}),
      ...(employerId ? { employerId } : {}),
      ...sums,
    }))
    .sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
};
