import type { DialogEvent } from '@stopcovid/contracts';
import { logRecordOf } from '../dispatch/announce';
import { acceptBatch } from './accept-batch';
import { nextStep, settle, settleByList } from './deliver';
import type { Outbox, OutboxItem } from './outbox';
import { ann, batchOf, noon, outboxWith, policy, reply, rules } from './outbox.testkit';

const erased: DialogEvent = { type: 'TraineeErased' };
const origin = { partition: 0, offset: '1', at: noon };
const erase = (outbox: Outbox, optedOut = false): Outbox =>
  acceptBatch(outbox, { batch: batchOf(2, { events: [erased], optedOut }), texts: [], origin }, rules);

const when = { at: noon, policy };

const claimed = (outbox: Outbox) => {
  const step = nextStep(outbox, when);
  if (step.do !== 'send') throw new Error(`it is to be ${step.do}`);
  return { outbox: step.outbox, claim: { id: step.item.id, attempts: step.item.attempts, version: 1 } };
};
const only = ({ pending: [item] }: Outbox): OutboxItem => {
  if (item === undefined) throw new Error('nothing is pending');
  return item;
};
const accepted = { kind: 'accepted', sid: 'SM1' } as const;

describe('the outbox of who was erased', () => {
  it('sends nothing of what waited', () =>
    expect(erase(outboxWith(reply('Hi Rosa'), reply('More'))).pending).toEqual([]));

  it('keeps consent', () => {
    const silent = acceptBatch(
      outboxWith(reply('Hi')),
      { batch: batchOf(2, { optedOut: true }), texts: [], origin },
      rules,
    );
    const after = acceptBatch(
      silent,
      { batch: batchOf(3, { events: [erased], optedOut: true }), texts: [], origin },
      rules,
    );
    expect(after).toMatchObject({ lastVersion: 3, optedOut: true });
  });

  it('says to the log that a text in flight went out, and none of its words', () => {
    const { outbox, claim } = claimed(
      outboxWith({ ...reply('Hi Rosa'), media: 'https://example.org/a.png' }),
    );
    const sent = settle(erase(outbox), { claim, result: accepted }, when);
    const record = logRecordOf(ann, only(sent));
    expect(record).toMatchObject({ type: 'SmsSent', sid: 'SM1', body: '', mediaUrls: [], segments: 1 });
    expect(sent.sentLately ?? []).toEqual([]);
  });

  it('finds a text in doubt by its words, and does not keep it for an operator', () => {
    const { outbox, claim } = claimed(outboxWith(reply('Hi Rosa')));
    const doubtful = settle(erase(outbox), { claim, result: { kind: 'unknown', reason: 'timeout' } }, when);
    const text = { sid: 'SM1', body: 'Hi Rosa', outbound: true, createdAt: noon };
    const { id } = claim;
    expect(only(settleByList(doubtful, { id, listed: [text] as never }, when)).delivery.status).toBe('SENT');
    const look = (before: Outbox) => settleByList(before, { id, listed: [] }, when);
    const undecided = look(look(doubtful));
    expect(only(undecided).delivery).toMatchObject({ status: 'FAILED', code: 'UNDECIDED' });
    expect(undecided.parked).toEqual([]);
  });

  it('does not send again what the carrier did not take', () => {
    const { outbox, claim } = claimed(outboxWith(reply('Hi Rosa')));
    const waiting = settle(erase(outbox), { claim, result: { kind: 'notSent' } as never }, when);
    const step = nextStep(waiting, { ...when, at: waiting.notBefore });
    expect(step.do === 'store' && only(step.outbox).delivery).toMatchObject({ code: 'ERASED' });
  });

  it('forgets what was said lately, and what an operator was to look at', () => {
    const { outbox, claim } = claimed(outboxWith(reply('Hi Rosa')));
    const sent = settle(outbox, { claim, result: accepted }, when);
    const parked = {
      ...sent,
      parked: [{ id: 'p', body: 'Hi Rosa', createdAt: 1, parkedAt: 2, reason: '?' }],
    };
    expect(JSON.stringify(erase({ ...parked, pending: [] }))).not.toContain('Rosa');
  });
});
