import type { Call } from '../dispatch/call-memory';
import { claimOf, nextStep, settle } from './deliver';
import { headOf, type Outbox } from './outbox';
import { noon, outboxWith, policy, reply } from './outbox.testkit';
import type { SendResult } from '../carrier/text-gateway';

const idOf = (outbox: Outbox): string => headOf(outbox)?.id ?? '';
const accepted: SendResult = { kind: 'accepted', sid: 'SM1', from: '+12025550100' };

describe('a text that was said too often', () => {
  const loop = { limit: 2, windowMs: 60_000 };
  const guarded = { ...policy, loop };
  const sentAgain = (outbox: Outbox, at: number) => {
    const claimed = nextStep(outbox, { at, policy: guarded });
    if (claimed.do !== 'send') return claimed.outbox;
    const claim = claimOf(claimed.outbox, claimed.item);
    return settle(claimed.outbox, { claim, result: accepted }, { at, policy: guarded });
  };

  it('is not sent within the window, is logged as a loop, and the next one goes on', () => {
    const four = outboxWith(reply('hm?'), reply('hm?'), reply('hm?'), reply('two'));
    const outbox = [1, 2, 3].reduce((each, at) => sentAgain(each, noon + at), four);
    expect(outbox.pending.map(({ delivery }) => delivery.status)).toEqual([
      'SENT',
      'SENT',
      'FAILED',
      'READY',
    ]);
    expect(outbox.pending[2]?.delivery).toMatchObject({ code: 'LOOP' });
    expect(nextStep(outbox, { at: noon + 4, policy: guarded })).toMatchObject({
      do: 'send',
      item: { body: 'two' },
    });
  });

  it('goes out again when the window has passed', () => {
    const outbox = [1, 2, 60_001].reduce(
      (each, at) => sentAgain(each, noon + at),
      outboxWith(reply('hm?'), reply('hm?'), reply('hm?')),
    );
    expect(outbox.pending.map(({ delivery }) => delivery.status)).toEqual(['SENT', 'SENT', 'SENT']);
  });
});

describe('a claim of this very process', () => {
  const calls = new Map<string, Call>();
  const me = { name: 'me', callOf: (id: string) => calls.get(id) };
  const mine = nextStep(outboxWith(reply('one'), reply('two')), { at: noon, policy, me }).outbox;
  const at = noon + policy.claimMs;
  beforeEach(() => calls.clear());

  it('that was stored without its knowing, so that it made no call, is simply made again', () => {
    expect(nextStep(mine, { at, policy, me }).outbox.pending[0]?.delivery.status).toBe('READY');
  });

  it('that it made a call for is in doubt', () => {
    calls.set(idOf(mine), { attempts: 1, since: noon });
    expect(nextStep(mine, { at, policy, me }).outbox.pending[0]?.delivery.status).toBe('AMBIGUOUS');
  });

  it('is in doubt to everybody else', () => {
    const other = { ...me, name: 'other' };
    expect(nextStep(mine, { at, policy, me: other }).outbox.pending[0]?.delivery.status).toBe('AMBIGUOUS');
  });

  it('that the store has forgotten is not made again: what the carrier took is sent, the rest is looked for', () => {
    const before = outboxWith(reply('one'), reply('two'));
    calls.set(idOf(before), { attempts: 1, since: noon, sid: 'SM7' });
    expect(nextStep(before, { at, policy, me })).toMatchObject({
      do: 'store',
      outbox: { recentSids: ['SM7'], pending: [{ delivery: { status: 'SENT', sid: 'SM7' } }, {}] },
    });
    calls.set(idOf(before), { attempts: 1, since: noon });
    expect(nextStep(before, { at, policy, me })).toMatchObject({
      do: 'store',
      outbox: { pending: [{ attempts: 1, delivery: { status: 'AMBIGUOUS', since: noon } }, {}] },
    });
  });
});
