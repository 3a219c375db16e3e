import fc from 'fast-check';
import { optOutsOf } from '../dispatch/announce';
import { acceptBatch } from './accept-batch';
import { claimOf, nextStep, settle } from './deliver';
import { openForMs, opensAt, type Hours } from './hours';
import { dueAt, emptyOutbox, type Outbox } from './outbox';
import { ann, batchOf, noon, policy, reply, rules } from './outbox.testkit';
import type { DialogEvent } from '@stopcovid/contracts';
import { timestampSchema } from '@stopcovid/contracts';

const hour = 3_600_000;
const iso = (at: number) => timestampSchema.parse(new Date(at).toISOString());
/* Noon, until nine in the evening; then from eight to nine. */
const evening = { opens: noon, closes: noon + 9 * hour };
const morning = { opens: noon + 20 * hour, closes: noon + 33 * hour };
const today: Hours = { notAfter: evening.closes, windows: [evening, morning] };
const untilTomorrow: Hours = { notAfter: morning.closes, windows: [evening, morning] };

const saying = (text: string, { notAfter, windows }: Hours): DialogEvent => ({
  type: 'MessageRequested',
  text,
  delivery: {
    notAfter: iso(notAfter),
    windows: windows.map(({ opens, closes }) => ({ opens: iso(opens), closes: iso(closes) })),
  },
});
const arrive = (outbox: Outbox, events: readonly DialogEvent[], at: number): Outbox =>
  acceptBatch(
    outbox,
    {
      batch: batchOf(outbox.lastVersion + 1, { events, at }),
      texts: events.map((event) =>
        event.type === 'MessageRequested'
          ? { body: event.text ?? '', kind: 'message' as const }
          : reply('answer'),
      ),
      origin: { partition: 0, offset: '0', at },
    },
    rules,
  );
const thanks: DialogEvent = { type: 'ThanksReceived', text: 'thanks' };
const planned = (hours: Hours, at = noon): Outbox =>
  arrive(emptyOutbox(ann, 0), [saying('one', hours), saying('two', hours)], at);
const states = ({ pending }: Outbox) =>
  pending.map(({ delivery }) => (delivery.status === 'FAILED' ? delivery.code : delivery.status));

describe('the hours of a text', () => {
  it.each([
    ['before the opening', evening.opens - 1, evening.opens],
    ['at the opening', evening.opens, evening.opens],
    ['a second before the closing', evening.closes - 1_000, evening.closes - 1_000],
    ['a millisecond before the closing', evening.closes - 1, evening.closes - 1],
    ['at the closing', evening.closes, morning.opens],
    ['at the next opening', morning.opens, morning.opens],
    ['at the last closing', morning.closes, undefined],
  ])('%s', (_when, at, opens) => {
    expect(opensAt(untilTomorrow, at)).toBe(opens);
    expect(openForMs(untilTomorrow, at) === undefined).toBe(opens !== at);
  });

  it('end at the last time for it, which still counts, and with no window that opens before', () => {
    const cut = { ...untilTomorrow, notAfter: noon + hour };
    expect([opensAt(cut, noon + hour), opensAt(cut, noon + hour + 1)]).toEqual([noon + hour, undefined]);
    expect(opensAt(today, evening.closes)).toBeUndefined();
    expect(openForMs(cut, noon)).toBe(hour);
  });
});

describe('a text whose turn comes after its window', () => {
  const late = evening.closes + 10 * 60_000;

  it('waits for the next opening, whatever was due before', () => {
    const step = nextStep(planned(untilTomorrow), { at: late, policy });
    expect(step).toMatchObject({ do: 'store' });
    expect(dueAt(step.outbox)).toBe(morning.opens);
    expect(nextStep(step.outbox, { at: morning.opens, policy }).do).toBe('send');
  });

  it('comes too late where no window is left, with all of its batch, and is announced', () => {
    const { outbox } = nextStep(planned(today), { at: late, policy });
    expect(states(outbox)).toEqual(['EXPIRED', 'EXPIRED']);
    expect([dueAt(outbox), nextStep(outbox, { at: late, policy }).do]).toEqual([late, 'announce']);
    expect(optOutsOf(outbox)).toEqual([]);
  });

  it('steps aside for a reply, and goes when its hours come', () => {
    const held = nextStep(planned(untilTomorrow), { at: late, policy }).outbox;
    const both = arrive(held, [thanks], late + 1);
    expect(dueAt(both)).toBeLessThanOrEqual(late + 1);
    const step = nextStep(both, { at: late + 1, policy });
    expect(step).toMatchObject({ do: 'send', item: { body: 'answer' } });
  });

  it('goes on within the window alone after the first of its batch', () => {
    const first = nextStep(planned(untilTomorrow), { at: evening.closes - 1, policy });
    if (first.do !== 'send') throw new Error(first.do);
    const accepted = {
      claim: claimOf(first.outbox, first.item),
      result: { kind: 'accepted', sid: 'SM1' },
    } as const;
    const after = settle(first.outbox, accepted, { at: evening.closes, policy });
    const next = nextStep(
      { ...after, pending: after.pending.slice(1) },
      { at: evening.closes + 5_000, policy },
    );
    expect([next.do, dueAt(next.outbox)]).toEqual(['store', morning.opens]);
  });
});

/** What is due is taken up so much later: a step, and whether its call is heard of. */
const delays = fc.array(
  fc.record({ lateMs: fc.nat(8 * hour), answer: fc.constantFrom('accepted', 'notSent') }),
  {
    minLength: 1,
    maxLength: 30,
  },
);

it('whatever the delays, nothing planned is claimed outside its hours, and no reply waits for a window', () => {
  fc.assert(
    fc.property(delays, fc.nat(30 * hour), fc.constantFrom(today, untilTomorrow), (steps, replyAt, hours) => {
      let [outbox, at, replied] = [planned(hours), noon, false];
      for (const { lateMs, answer } of steps) {
        at = Math.max(at, dueAt(outbox) ?? at) + lateMs;
        if (!replied && at >= noon + replyAt) {
          outbox = arrive(outbox, [thanks], at);
          replied = true;
          expect(dueAt(outbox) ?? Infinity).toBeLessThanOrEqual(Math.max(at, outbox.notBefore));
        }
        const step = nextStep(outbox, { at, policy });
        outbox = step.outbox;
        if (step.do === 'announce')
          outbox = {
            ...outbox,
            pending: outbox.pending.filter(({ delivery }) => delivery.status === 'READY'),
          };
        if (step.do !== 'send') continue;
        if (step.item.planned) expect(opensAt(hours, at)).toBe(at);
        const result =
          answer === 'accepted'
            ? ({ kind: 'accepted', sid: `SM${at}` } as const)
            : ({ kind: 'notSent', reason: 'no way' } as const);
        outbox = settle(outbox, { claim: claimOf(outbox, step.item), result }, { at, policy });
      }
    }),
  );
});
