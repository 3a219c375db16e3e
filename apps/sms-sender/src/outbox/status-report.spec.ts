import { acceptBatch } from './accept-batch';
import { claimOf, nextStep, settle, settleByList } from './deliver';
import { emptyOutbox, type Outbox } from './outbox';
import { ann, batchOf, noon, outboxWith, policy, reply, rules } from './outbox.testkit';
import { settleByReport, reportsOptOut, type StatusReport } from './status-report';

const fresh = outboxWith(reply('one'), reply('two'));
const step = nextStep(fresh, { at: noon, policy });
if (step.do !== 'send') throw new Error('the first text is sent');
const inFlight = step.outbox;
const claim = claimOf(inFlight, step.item);
const ambiguous = settle(
  inFlight,
  { claim, result: { kind: 'unknown', reason: 'timeout' } },
  { at: noon, policy },
);
const notFound = (outbox: Outbox) => settleByList(outbox, { id: claim.id, listed: [] }, { at: noon, policy });
const report: StatusReport = {
  phone: ann,
  messageId: claim.id,
  sid: 'SM7',
  status: 'failed',
  at: noon + 1_000,
};
const after = (outbox: Outbox, changes: Partial<StatusReport> = {}) =>
  settleByReport(outbox, { ...report, ...changes }, { at: noon + 2_000, policy });

describe('what the carrier reports of a text of ours', () => {
  it.each([
    ['in doubt', ambiguous],
    ['in doubt after a look in vain', notFound(ambiguous)],
    ['in flight', inFlight],
    ['ready, as a store that was set back has it', fresh],
  ])('settles it when it is %s, without asking the list', (_what, outbox) => {
    const settled = after(outbox);
    expect(settled.pending[0]?.delivery).toMatchObject({ status: 'SENT', sid: 'SM7' });
    expect(settled.notBefore).toBe(noon + 2_000 + policy.pauseMs);
  });

  it('changes nothing the second time, nor for a text of another', () => {
    const settled = after(ambiguous);
    expect(after(settled)).toBe(settled);
    expect(after(ambiguous, { messageId: 'other' })).toBe(ambiguous);
  });

  it('takes a parked text off the list of those that somebody must look at', () => {
    const parked = notFound(notFound(ambiguous));
    const gone = { ...parked, pending: parked.pending.slice(1) };
    expect(gone.parked).toHaveLength(1);
    expect(after(gone).parked).toEqual([]);
  });

  it('of an opt-out silences the phone, once', () => {
    const silenced = after(ambiguous, { errorCode: '21610' });
    expect(silenced).toMatchObject({ carrierOptOut: true });
    expect(silenced.pending.map(({ body }) => body)).toEqual(['one']);
    expect(reportsOptOut(ambiguous, { ...report, errorCode: '21610' })).toBe(true);
    expect(reportsOptOut(silenced, { ...report, errorCode: '21610' })).toBe(false);
  });

  it('of an opt-out silences nobody who has opted in since', () => {
    const batch = batchOf(1, {
      events: [{ type: 'TraineeOptedIn', source: 'text', word: 'START' }],
      at: noon + 5_000,
    });
    const origin = { partition: 0, offset: '0', at: noon };
    const optedIn = acceptBatch(
      emptyOutbox(ann, 0),
      { batch, texts: [reply('welcome back')], origin },
      rules,
    );
    const late = { errorCode: '21610', messageId: 'earlier' };
    expect(after(optedIn, late)).toBe(optedIn);
    expect(after(optedIn, { ...late, at: noon + 6_000 }).carrierOptOut).toBe(true);
  });

  it('of any other failure changes nothing but that it is known to have been taken', () => {
    expect(after(ambiguous, { errorCode: '30003' })).toMatchObject({ carrierOptOut: false });
  });
});
