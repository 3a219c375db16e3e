import { twilioErrors, type Disposition, type ReportDisposition } from '@stopcovid/twilio';
import { Refusals } from './dispatch/refusals';
import { claimOf, nextStep, settle, settleByList } from './outbox/deliver';
import { dueAt, type Outbox } from './outbox/outbox';
import { ann, noon, outboxWith, policy, reply } from './outbox/outbox.testkit';
import { refusalIn, settleByReport } from './outbox/status-report';
import type { SendResult } from './carrier/text-gateway';

const minute = 60_000;
const fresh = outboxWith(reply('one'), reply('two'));
const first = fresh.pending[0]!.id;
const step = nextStep(fresh, { at: noon, policy });
if (step.do !== 'send') throw new Error(step.do);
const { item, outbox: claimed } = step;
const answered = (result: SendResult): Outbox =>
  settle(claimed, { claim: claimOf(claimed, item), result }, { at: noon, policy });
const handedOver = answered({ kind: 'accepted', sid: 'SM1' });
const watched = () =>
  new Refusals({ pauseMs: minute, probeMs: 1, onRefused: () => undefined, onAccepted: () => undefined });

/** What became of the text, of the others, and who is stopped. */
const seen = (outbox: Outbox, refusals: Refusals) => {
  const texts = outbox.pending.map(
    ({ id, body, delivery }) => `${id === first ? '' : 'new '}${body} ${delivery.status}`,
  );
  const dueInMs = (dueAt(outbox) ?? noon) - noon;
  return {
    texts,
    afterPause: dueInMs >= minute,
    optedOut: outbox.carrierOptOut,
    account: refusals.accountUntil !== undefined,
    sender: refusals.accountUntil === undefined && refusals.stoppedBy !== undefined,
  };
};
const calm = { afterPause: false, optedOut: false, account: false, sender: false };
const [waits, sent, fails] = ['one READY', 'one SENT', 'one FAILED'];

const byCall: Readonly<Record<Disposition, object>> = {
  retry: { ...calm, texts: [waits, 'new two READY'] },
  retryLater: { ...calm, texts: [waits, 'new two READY'], afterPause: true },
  sender: { ...calm, texts: [waits, 'new two READY'], afterPause: true, sender: true },
  account: { ...calm, texts: [waits, 'new two READY'], account: true },
  permanent: { ...calm, texts: [fails, 'new two READY'] },
  configuration: { ...calm, texts: [fails, 'new two READY'] },
  optOut: { ...calm, texts: [fails], optedOut: true },
  ambiguous: { ...calm, texts: ['one AMBIGUOUS', 'new two READY'] },
};
const byCallback: Readonly<Record<ReportDisposition, object>> = {
  retryLater: { ...calm, texts: ['new one READY', sent, 'new two READY'] },
  sender: { ...calm, texts: [sent, 'new two READY'], sender: true },
  account: { ...calm, texts: [sent, 'new two READY'], account: true },
  permanent: { ...calm, texts: [sent, 'new two READY'] },
  configuration: { ...calm, texts: [sent, 'new two READY'] },
  optOut: { ...calm, texts: [sent], optedOut: true },
};

describe('each code of the table does what its row says', () => {
  it.each(Object.entries(twilioErrors))('%s', (code, { disposition, reported, meaning: message }) => {
    const answer: SendResult =
      disposition === 'ambiguous'
        ? { kind: 'unknown', reason: code }
        : { kind: 'refused', code, message, disposition };
    const asked = watched();
    asked.hear(item, answer, noon);
    expect(seen(answered(answer), asked)).toEqual(byCall[disposition]);

    const report = {
      phone: ann,
      messageId: first,
      sid: 'SM1',
      status: 'failed',
      errorCode: code,
      at: noon,
    } as const;
    const told = watched();
    const refusal = refusalIn(handedOver, report);
    if (refusal) told.hearReport(refusal);
    expect(seen(settleByReport(handedOver, report, { at: noon, policy }), told)).toEqual(
      byCallback[reported],
    );
  });
});

/** The outbox when the log has what is settled. */
const logged = (outbox: Outbox): Outbox => ({
  ...outbox,
  pending: outbox.pending.filter(({ delivery }) => delivery.status === 'READY'),
});
const givesUp = (outbox: Outbox, messageId: string, at: number) =>
  settleByReport(
    outbox,
    { phone: ann, messageId, sid: 'SM', status: 'undelivered', errorCode: '30022', at },
    { at, policy },
  );
const sendNext = (outbox: Outbox): { outbox: Outbox; id: string; at: number } => {
  const at = dueAt(outbox) ?? noon;
  const next = nextStep(outbox, { at, policy });
  if (next.do !== 'send') throw new Error(next.do);
  const claim = claimOf(next.outbox, next.item);
  const result = { kind: 'accepted', sid: `SM${at}` } as const;
  return { outbox: logged(settle(next.outbox, { claim, result }, { at, policy })), id: claim.id, at };
};

describe('a text that the carrier took and gave up for a limit that lasts', () => {
  const again = givesUp(logged(handedOver), first, noon + 1_000);

  it('goes again after the pause, before what waits, under an id that tells whose it is', () => {
    expect(again.pending.map(({ id, body }) => [id, body])).toEqual([
      [`${first}-2`, 'one'],
      [fresh.pending[1]!.id, 'two'],
    ]);
    expect(dueAt(again)).toBeGreaterThanOrEqual(noon + minute);
    expect(nextStep(again, { at: noon + 10_000, policy }).do).toBe('store');
    const next = sendNext(again);
    expect([next.id, sendNext(next.outbox).id]).toEqual([`${first}-2`, fresh.pending[1]!.id]);
  });

  it('goes again twice at most, each time after twice the pause', () => {
    const second = sendNext(again);
    const third = sendNext(givesUp(second.outbox, second.id, second.at));
    expect([third.id, third.at - second.at >= 2 * minute]).toEqual([`${first}-3`, true]);
    const end = givesUp(third.outbox, third.id, third.at);
    expect(end.pending.map(({ body }) => body)).toEqual(['two']);
  });

  it('goes again once, however often that is reported', () =>
    expect(givesUp(again, first, noon + 2_000)).toBe(again));

  it('goes no more an hour after it was handed over', () =>
    expect(givesUp(logged(handedOver), first, noon + 60 * minute).pending).toHaveLength(1));

  it('goes no more once its owner has opted out, by a callback too', () => {
    const report = {
      phone: ann,
      messageId: 'x',
      sid: 'SM',
      status: 'failed',
      errorCode: '21610',
      at: noon + 5,
    } as const;
    const silenced = settleByReport(again, report, { at: noon + 5, policy });
    expect(silenced.pending).toEqual([]);
    const late = settleByReport(logged(handedOver), report, { at: noon + 5, policy });
    expect(givesUp(late, first, noon + 6).pending).toEqual([]);
  });

  it('is not taken for one that was handed over earlier, when its own call is in doubt', () => {
    const at = dueAt(again) ?? noon;
    const next = nextStep(again, { at, policy });
    if (next.do !== 'send') throw new Error(next.do);
    const claim = claimOf(next.outbox, next.item);
    const doubtful = settle(
      next.outbox,
      { claim, result: { kind: 'unknown', reason: 'drop' } },
      { at, policy },
    );
    const listed = [{ sid: 'SM1', body: 'one', outbound: true, createdAt: at }];
    const looked = settleByList(doubtful, { id: claim.id, listed }, { at, policy });
    expect(looked.pending[0]?.delivery.status).toBe('AMBIGUOUS');
  });

  it('abandons no drill that has begun, where its hours are over by then', () => {
    const windows = [{ opens: noon, closes: noon + minute / 2 }];
    const planned = { batch: 1, runId: 'run', notAfter: noon + minute / 2, windows };
    const { sentLately = [], ...rest } = logged(handedOver);
    const begun = { ...rest, sentLately: sentLately.map((text) => ({ ...text, planned })) };
    const late = givesUp(begun, first, noon + 1_000);
    const [text] = nextStep(late, { at: dueAt(late) ?? noon, policy }).outbox.pending;
    expect(text).toMatchObject({ id: `${first}-2`, delivery: { status: 'FAILED', code: 'EXPIRED' } });
    expect(text?.planned).not.toHaveProperty('runId');
  });

  it('waits for nothing of its phone that is under way', () => {
    const two = nextStep(logged(handedOver), { at: noon + minute, policy });
    if (two.do !== 'send') throw new Error(two.do);
    const both = givesUp(two.outbox, first, noon + minute);
    const result = { kind: 'accepted', sid: 'SM2' } as const;
    const settled = settle(
      both,
      { claim: claimOf(two.outbox, two.item), result },
      { at: noon + minute, policy },
    );
    const next = sendNext(logged(settled));
    expect([next.id, next.at >= noon + 2 * minute]).toEqual([`${first}-2`, true]);
  });
});
