import type { Message } from './message';
import { MessageLog } from './message-log';

const at = new Date('2026-03-01T12:00:00Z');
const message = (sequence: number, phone: string): Message => ({
  sid: `SM${sequence}`,
  sequence,
  direction: 'outbound-api',
  from: '+12025550100',
  to: phone,
  body: '',
  media: [],
  segments: 1,
  createdAt: at,
  updatedAt: at,
  status: 'queued',
});

it('remembers so many messages per phone and so many phones, and forgets the rest', () => {
  const log = new MessageLog({ messagesPerPhone: 3, phones: 2 });
  for (let sequence = 1; sequence <= 10; sequence += 1) log.add(message(sequence, 'a'));
  expect(log.list({}).map(({ sequence }) => sequence)).toEqual([10, 9, 8]);
  log.add(message(11, 'b'));
  log.add(message(12, 'a'));
  log.add(message(13, 'c'));
  expect(log.list({}).map(({ sequence }) => sequence)).toEqual([13, 12, 10, 9]);
  expect(log.conversation('b')).toEqual([]);
});

it('a message forgotten in the meantime stays forgotten', () => {
  const log = new MessageLog({ messagesPerPhone: 1, phones: 1 });
  log.add(message(1, 'a'));
  log.add(message(2, 'a'));
  expect(log.replace(message(1, 'a'))).toBe(false);
  expect(log.get('SM1')).toBeUndefined();
});
