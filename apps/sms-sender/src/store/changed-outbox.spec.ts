import { mongo } from 'mongoose';
import { announced, claimOf, nextStep, settle } from '../outbox/deliver';
import { emptyOutbox, type Outbox, type SentItem } from '../outbox/outbox';
import { ann, noon, outboxWith, policy, reply } from '../outbox/outbox.testkit';
import { changedOutbox } from './changed-outbox';

const words = 'A text of usual length about hygiene, with its three answers. '.repeat(3);
const [first] = outboxWith(reply(words)).pending;
if (first === undefined) throw new Error('there is a text');
const sentText = (number: number): SentItem => ({
  ...first,
  id: `sent ${number}`,
  delivery: { status: 'SENT', at: noon - 60_000, sid: `SM${String(number).padStart(32, '0')}` },
});
const lately = Array.from({ length: 8 }, (_, number) => sentText(number));
/** An outbox that has sent a lot lately, with one text to send. */
const busy: Outbox = {
  ...outboxWith(reply(words)),
  revision: 40,
  recentSids: Array.from({ length: 32 }, (_, number) => `SM${String(number).padStart(32, '0')}`),
  sentLately: lately,
};
const empty = emptyOutbox(ann, 0);
const claim = (outbox: Outbox) => {
  const step = nextStep(outbox, { at: noon, policy });
  if (step.do !== 'send') throw new Error('it may go');
  return step;
};
const sentOf = ({ outbox, item }: ReturnType<typeof claim>): Outbox => {
  const outcome = { claim: claimOf(outbox, item), result: { kind: 'accepted', sid: 'SMnew' } as const };
  return announced(settle(outbox, outcome, { at: noon + 500, policy }), new Set([item.id]));
};
const bytesOf = ({ set, within }: ReturnType<typeof changedOutbox>): number =>
  mongo.BSON.calculateObjectSize({ $set: set, ...within });

describe('what is written of an outbox', () => {
  it('is its queue and when it goes on, where a text is claimed', () => {
    const { outbox } = claim(busy);
    const { pending, notBefore } = outbox;
    expect(changedOutbox(busy, outbox)).toEqual({ set: { pending, notBefore }, within: {} });
  });

  it('is of what it remembers the new text alone, where one is sent', () => {
    const claimed = claim(busy);
    const sent = sentOf(claimed);
    expect(changedOutbox(claimed.outbox, sent)).toEqual({
      set: { pending: [], notBefore: sent.notBefore },
      within: {
        $push: {
          recentSids: { $each: ['SMnew'], $slice: -32 },
          sentLately: { $each: sent.sentLately?.slice(-1), $slice: -8 },
        },
      },
    });
  });

  it('is a quarter of the bytes of the whole at most, claimed and sent together', () => {
    const claimed = claim(busy);
    const sent = sentOf(claimed);
    const bytes = bytesOf(changedOutbox(busy, claimed.outbox)) + bytesOf(changedOutbox(claimed.outbox, sent));
    const whole = [claimed.outbox, sent].map((each) => mongo.BSON.calculateObjectSize(each));
    expect(bytes).toBeLessThan(whole.reduce((a, b) => a + b) / 4);
  });

  it.each([
    ['has shrunk', busy, { ...busy, sentLately: lately.slice(1) }],
    ['has forgotten what is old', busy, { ...busy, sentLately: [sentText(9)] }],
    ['was empty', { ...busy, sentLately: [] }, { ...busy, sentLately: lately }],
    ['was not there', empty, { ...empty, sentLately: lately }],
    ['has become another', busy, { ...busy, sentLately: lately.map((item) => ({ ...item, body: '' })) }],
  ])('is a list whole that %s', (_, read, next) =>
    expect(changedOutbox(read, next)).toEqual({ set: { sentLately: next.sentLately }, within: {} }),
  );

  it('takes away what is not there any more', () => {
    const { sentLately, ...without } = busy;
    expect(changedOutbox({ ...without, sentLately: sentLately ?? [] }, without)).toEqual({
      set: {},
      within: { $unset: { sentLately: '' } },
    });
  });
});
