import { addressOf, priorityOf } from './outbox';
import { ann, outboxWith, reply } from './outbox.testkit';

const started = { body: 'Good morning!', kind: 'started' } as const;
const notice = { body: 'The kitchen is closed.', kind: 'message' } as const;

describe('what goes first', () => {
  it.each([
    ['a reply', [reply('one')], 'first'],
    ['a confirmation', [{ body: 'bye', kind: 'consent' as const }], 'first'],
    ['a scheduled drill', [started], 'later'],
    ["an operator's message", [notice], 'later'],
    ['a reply behind a scheduled drill, which it takes along', [started, reply('one')], 'first'],
  ])('%s', (_what, texts, priority) => {
    expect(priorityOf(outboxWith(...texts))).toBe(priority);
  });
});

it('a text goes to the phone as we write it, unless the carrier writes it otherwise', () => {
  expect(addressOf({ phone: ann }, {})).toBe(ann);
  expect(addressOf({ phone: ann }, { to: 'whatsapp:+5215512345678' })).toBe('whatsapp:+5215512345678');
});
