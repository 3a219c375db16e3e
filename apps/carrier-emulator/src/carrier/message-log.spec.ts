import type { Message } from './message';
import { MessageLog, type MessageFilter } from './message-log';

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
const logOf = (limits: { messages?: number; messagesPerPhone?: number; phones?: number }): MessageLog =>
  new MessageLog({ messages: 1_000, messagesPerPhone: 1_000, phones: 1_000, ...limits });
const numbers = (log: MessageLog, filter: MessageFilter = {}): readonly number[] =>
  [...log.newestFirst(filter)].map(({ sequence }) => sequence);

it('remembers so many messages per phone and so many phones, and forgets the rest', () => {
  const log = logOf({ messagesPerPhone: 3, phones: 2 });
  for (let sequence = 1; sequence <= 10; sequence += 1) log.add(message(sequence, 'a'));
  expect(numbers(log)).toEqual([10, 9, 8]);
  log.add(message(11, 'b'));
  log.add(message(12, 'a'));
  log.add(message(13, 'c'));
  expect(numbers(log)).toEqual([13, 12, 10, 9]);
  expect(log.conversation('b')).toEqual([]);
});

it('remembers so many messages in all, whatever phones they are of, also after many', () => {
  const log = logOf({ messages: 4 });
  for (let sequence = 1; sequence <= 10_000; sequence += 1) log.add(message(sequence, `p${sequence % 3}`));
  expect(log.size).toBe(4);
  expect(numbers(log)).toEqual([10_000, 9_999, 9_998, 9_997]);
  expect(numbers(log, { to: 'p1' })).toEqual([10_000, 9_997]);
  expect(log.get('SM9996')).toBeUndefined();
});

it('goes on where a reader left off, also when what it saw last has been forgotten', () => {
  const log = logOf({ messages: 4 });
  for (let sequence = 1; sequence <= 9; sequence += 1) log.add(message(sequence, `p${sequence % 2}`));
  expect(numbers(log, { before: 8 })).toEqual([7, 6]);
  expect(numbers(log, { before: 8, to: 'p1' })).toEqual([7]);
  expect(numbers(log, { before: 5 })).toEqual([]);
});

it('a message forgotten in the meantime stays forgotten', () => {
  const log = logOf({ messagesPerPhone: 1, phones: 1 });
  log.add(message(1, 'a'));
  log.add(message(2, 'a'));
  log.replace(message(1, 'a'));
  expect(numbers(log)).toEqual([2]);
  expect(log.get('SM1')).toBeUndefined();
});
