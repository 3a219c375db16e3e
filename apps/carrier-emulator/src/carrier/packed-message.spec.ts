import type { Message } from './message';
import { isOver, packed, unpacked } from './packed-message';

const common = {
  sid: 'SM1',
  sequence: 7,
  from: '+12025550100',
  to: 'whatsapp:+12015550100',
  body: 'Así es 👍\n"sí"',
  media: [],
  segments: 2,
  createdAt: new Date(1_000),
  updatedAt: new Date(2_000),
} as const;

const messages: readonly (readonly [over: boolean, message: Message])[] = [
  [false, { ...common, direction: 'outbound-api', status: 'queued', statusCallback: 'http://a/?id=1' }],
  [true, { ...common, direction: 'outbound-api', status: 'delivered', sentAt: new Date(3_000) }],
  [true, { ...common, direction: 'outbound-reply', status: 'read', messagingServiceSid: 'MG1' }],
  [
    true,
    { ...common, direction: 'outbound-api', status: 'failed', error: { code: 30_007, message: 'filtered' } },
  ],
  [
    false,
    { ...common, direction: 'inbound', status: 'receiving', handover: { kind: 'underWay', attempt: 2 } },
  ],
  [
    true,
    {
      ...common,
      direction: 'inbound',
      status: 'received',
      media: ['http://a/b.png'],
      handover: { kind: 'refused', reason: '500' },
    },
  ],
];

it.each(messages)('a message that is over (%s) or not comes back as it was packed', (over, message) => {
  expect(isOver(message)).toBe(over);
  expect(unpacked(packed(message))).toEqual(message);
});
