import fc from 'fast-check';
import { acceptBatch } from './accept-batch';
import {
  announced,
  backoffMs,
  claimOf,
  nextStep,
  notAnnounced,
  settle,
  settleByList,
  type Claim,
} from './deliver';
import { dueAt, headOf, settledOf, type Outbox } from './outbox';
import { batchOf, noon, outboxWith, policy, reply, rules } from './outbox.testkit';
import type { ListedText, SendResult } from '../carrier/text-gateway';

const claim = (outbox: Outbox, at = noon): Outbox => {
  const step = nextStep(outbox, { at, policy });
  if (step.do !== 'send') throw new Error(`the step is ${step.do}, not send`);
  return step.outbox;
};
const idOf = (outbox: Outbox): string => headOf(outbox)?.id ?? '';
const claimIn = (outbox: Outbox): Claim => {
  const head = headOf(outbox) ?? outbox.pending[0];
  if (!head) throw new Error('nothing is pending');
  return claimOf(outbox, head);
};
const after = (outbox: Outbox, result: SendResult, at = noon): Outbox =>
  settle(outbox, { claim: claimIn(outbox), result }, { at, policy });
const accepted: SendResult = { kind: 'accepted', sid: 'SM1', from: '+12025550100' };
const refusedWith = (disposition: Extract<SendResult, { kind: 'refused' }>['disposition']): SendResult => ({
  kind: 'refused',
  code: '21610',
  message: 'no',
  disposition,
});
const ambiguous = after(claim(outboxWith(reply('one'), reply('two'))), {
  kind: 'unknown',
  reason: 'timeout',
});
const listed = (changes: Partial<ListedText> = {}): ListedText => ({
  sid: 'SM7',
  body: 'one',
  outbound: true,
  createdAt: noon,
  ...changes,
});
const look = (outbox: Outbox, list: readonly ListedText[] | undefined, at = noon + 10_000): Outbox =>
  settleByList(outbox, { id: idOf(outbox), listed: list }, { at, policy });
const looked = (list: readonly ListedText[]) => look(ambiguous, list).pending[0]?.delivery.status;

describe('claiming a text', () => {
  it('takes the head alone, and marks it before the call', () => {
    const claimed = claim(outboxWith(reply('one'), reply('two')));
    expect(claimed.pending.map((item) => item.delivery.status)).toEqual(['IN_FLIGHT', 'READY']);
    expect(dueAt(claimed)).toBe(noon + policy.claimMs);
  });

  it('suspects a claim that was never heard of again, and does not send it again', () => {
    const step = nextStep(claim(outboxWith(reply('one'))), { at: noon + policy.claimMs, policy });
    expect(step).toMatchObject({ do: 'store', outbox: { pending: [{ delivery: { status: 'AMBIGUOUS' } }] } });
  });

  it.each([
    ['the dialog', { optedOut: true }],
    ['the carrier', { carrierOptOut: true }],
  ])('drops a text to somebody who opted out, as %s knows', (_who, consent) => {
    const step = nextStep({ ...outboxWith(reply('one')), ...consent }, { at: noon, policy });
    expect(step).toMatchObject({ do: 'store', outbox: { pending: [] } });
  });

  it('fails a text that is too old to be of use', () => {
    const step = nextStep(outboxWith(reply('one')), { at: noon + policy.maxAgeMs + 1, policy });
    expect(step).toMatchObject({ do: 'store', outbox: { pending: [{ delivery: { code: 'STALE' } }] } });
  });
});

describe('settling a text', () => {
  it.each([
    ['words', reply('one'), policy.pauseMs],
    ['media', { ...reply('one'), media: 'https://example.org/a.png' }, policy.pauseAfterMediaMs],
  ])('pauses after %s before the next one', (_what, text, pauseMs) => {
    expect(dueAt(after(claim(outboxWith(text, reply('two'))), accepted))).toBe(noon + pauseMs);
  });

  it.each([
    ['accepted', accepted, 'SENT'],
    ['not sent', { kind: 'notSent', reason: 'ECONNREFUSED' }, 'READY'],
    ['unknown', { kind: 'unknown', reason: 'timeout' }, 'AMBIGUOUS'],
    ['a busy carrier', refusedWith('retry'), 'READY'],
    ['a full queue', refusedWith('retryLater'), 'READY'],
    ['an account problem', refusedWith('account'), 'READY'],
    ['a bad number', refusedWith('permanent'), 'FAILED'],
    ['a bad sender', refusedWith('sender'), 'READY'],
    ['a set-up that is wrong for this text', refusedWith('configuration'), 'FAILED'],
    ['an opt-out', refusedWith('optOut'), 'FAILED'],
  ] as const)('%s leaves it so', (_name, result, status) => {
    expect(after(claim(outboxWith(reply('one'))), result).pending[0]?.delivery.status).toBe(status);
  });

  it('waits at least as long as the carrier asks', () => {
    const busy = { ...refusedWith('retry'), retryAfterMs: 90_000 };
    expect(dueAt(after(claim(outboxWith(reply('one'))), busy))).toBeGreaterThanOrEqual(noon + 90_000);
  });

  it('waits a little by itself where the carrier asks without saying how long', () => {
    const next = dueAt(after(claim(outboxWith(reply('one'))), refusedWith('retry')));
    expect(next).toBeGreaterThanOrEqual(noon + policy.retryMs);
    expect(next).toBeLessThanOrEqual(noon + policy.retryMs * 1.25);
  });

  it('goes on at once with the next text when one failed', () => {
    const outbox = after(claim(outboxWith(reply('one'), reply('two'))), refusedWith('permanent'));
    expect(headOf(outbox)?.body).toBe('two');
    expect(dueAt(outbox)).toBe(noon);
  });

  it("drops all that is pending on the carrier's opt-out", () => {
    const outbox = after(claim(outboxWith(reply('one'), reply('two'))), refusedWith('optOut'));
    expect(outbox.pending.map(({ body }) => body)).toEqual(['one']);
    expect(outbox.carrierOptOut).toBe(true);
  });

  it('changes nothing for a text that somebody else has settled', () => {
    const sent = after(claim(outboxWith(reply('one'))), accepted);
    expect(
      settle(sent, { claim: claimIn(sent), result: refusedWith('permanent') }, { at: noon, policy }),
    ).toBe(sent);
  });

  it('leaves a text alone that somebody else has claimed since', () => {
    const first = claim(outboxWith(reply('one')));
    const second = claim(after(first, { kind: 'notSent', reason: 'the claim is too old' }), noon + 60_000);
    const late = { claim: claimIn(first), result: { kind: 'notSent', reason: 'late' } as const };
    expect(settle(second, late, { at: noon, policy })).toBe(second);
  });

  it('does not let a late refusal silence who has opted in again meanwhile', () => {
    const claimed = claim(outboxWith(reply('one')));
    const batch = batchOf(2, { events: [{ type: 'TraineeOptedIn', source: 'text', word: 'START' }] });
    const origin = { partition: 0, offset: '1', at: noon };
    const optedIn = acceptBatch(claimed, { batch, texts: [reply('welcome back')], origin }, rules);
    const late = settle(
      optedIn,
      { claim: claimIn(claimed), result: refusedWith('optOut') },
      { at: noon, policy },
    );
    expect(late.carrierOptOut).toBe(false);
    expect(late.pending.map(({ body, delivery }) => [body, delivery.status])).toEqual([
      ['one', 'FAILED'],
      ['welcome back', 'READY'],
    ]);
  });

  it('keeps what the carrier has until the log has it too', () => {
    const sent = after(claim(outboxWith(reply('one'))), accepted);
    expect(dueAt(notAnnounced({ ...sent, notBefore: noon }, { at: noon, policy }))).toBe(
      noon + policy.retryMs,
    );
    const ids = new Set(settledOf(sent).map(({ id }) => id));
    expect(announced(sent, ids).pending).toEqual([]);
  });
});

describe('a text that the carrier may have', () => {
  it('is not sent again, nor is the next one, before the carrier was asked', () => {
    expect(nextStep(ambiguous, { at: noon + policy.lookAfterMs, policy })).toMatchObject({ do: 'look' });
    expect(dueAt(ambiguous)).toBe(noon + policy.lookAfterMs);
  });

  it.each([
    ['the same words', listed(), 'SENT'],
    ['the same words in another Unicode form', listed({ body: 'one ' }), 'SENT'],
    [
      'the words behind the trial notice',
      listed({ body: 'Sent from your Twilio trial account - one' }),
      'SENT',
    ],
    ['other words', listed({ body: 'two' }), 'AMBIGUOUS'],
    ['an inbound text', listed({ outbound: false }), 'AMBIGUOUS'],
    ['an older text', listed({ createdAt: noon - 60_000 }), 'AMBIGUOUS'],
  ])('with %s in the list', (_what, text, status) => {
    expect(looked([text])).toBe(status);
  });

  it('is not taken for a text of the same words that was sent before', () => {
    const known = { ...ambiguous, recentSids: ['SM7'] };
    expect(look(known, [listed()]).pending[0]?.delivery.status).toBe('AMBIGUOUS');
    expect(look(known, [listed(), listed({ sid: 'SM8' })]).pending[0]?.delivery).toMatchObject({
      sid: 'SM8',
    });
  });

  it('is parked after the last look, and the next text goes on', () => {
    const outbox = look(look(ambiguous, []), [], noon + 20_000);
    expect(outbox.pending[0]?.delivery).toMatchObject({ status: 'FAILED', code: 'UNDECIDED' });
    expect(outbox.parked).toMatchObject([{ body: 'one', reason: 'timeout' }]);
    expect(headOf(outbox)?.body).toBe('two');
  });

  it('is sent again after the last look only where the operator chose so', () => {
    const resending = { at: noon + 20_000, policy: { ...policy, onUndecided: 'resend' as const } };
    const outbox = settleByList(look(ambiguous, []), { id: idOf(ambiguous), listed: [] }, resending);
    expect(headOf(outbox)).toMatchObject({ body: 'one', delivery: { status: 'READY' } });
  });

  it('loses no look to a list that could not be had', () => {
    expect(look(ambiguous, undefined).pending[0]?.delivery).toMatchObject({ status: 'AMBIGUOUS', looks: 0 });
  });
});

describe('backing off', () => {
  it('doubles up to an hour and no further than a quarter more', () => {
    const waits = [1, 2, 3, 40].map((attempts) => backoffMs(1_000, { id: '0000', attempts }));
    expect(waits).toEqual([1_000, 2_000, 4_000, 3_600_000]);
    expect(backoffMs(1_000, { id: 'ffff', attempts: 1 })).toBe(1_250);
  });
});

const results: readonly SendResult[] = [
  accepted,
  { kind: 'notSent', reason: 'x' },
  { kind: 'unknown', reason: 'x' },
  ...(['retry', 'retryLater', 'account', 'sender', 'permanent', 'configuration', 'optOut'] as const).map(
    refusedWith,
  ),
];

describe('whatever the carrier answers', () => {
  it('no text is handed over twice without the carrier having said that it was not taken', () => {
    const story = fc.array(fc.tuple(fc.constantFrom(...results), fc.boolean()), { maxLength: 40 });
    fc.assert(
      fc.property(story, (answers) => {
        let outbox = outboxWith(reply('one'), reply('two'), reply('three'));
        const mayHave = new Set<string>();
        let at = noon;
        for (const [result, found] of answers) {
          at = Math.max(at, dueAt(outbox) ?? at);
          const step = nextStep(outbox, { at, policy });
          outbox = step.outbox;
          if (step.do === 'look')
            outbox = look(
              outbox,
              found ? [listed({ body: step.item.body, createdAt: at, sid: `SM${at}` })] : [],
              at,
            );
          if (step.do !== 'send') continue;
          expect(mayHave).not.toContain(step.item.id);
          if (result.kind === 'accepted' || result.kind === 'unknown') mayHave.add(step.item.id);
          outbox = settle(outbox, { claim: claimOf(step.outbox, step.item), result }, { at, policy });
        }
      }),
    );
  });

  it('after an opt-out nothing but its confirmation is claimed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...results), { maxLength: 20 }), (answers) => {
        const batch = batchOf(2, { optedOut: true });
        const texts = [{ body: 'bye', kind: 'consent' as const }];
        let outbox = acceptBatch(
          outboxWith(reply('one'), reply('two')),
          { batch, texts, origin: { partition: 0, offset: '1', at: noon } },
          rules,
        );
        let at = noon;
        for (const result of answers) {
          at = Math.max(at, dueAt(outbox) ?? at);
          const step = nextStep(outbox, { at, policy });
          outbox = step.outbox;
          if (step.do !== 'send') continue;
          expect(step.item.kind).toBe('consent');
          outbox = settle(outbox, { claim: claimOf(step.outbox, step.item), result }, { at, policy });
        }
      }),
    );
  });
});
