import fc from 'fast-check';
import type { DialogEvent } from '@stopcovid/contracts';
import { acceptBatch } from './accept-batch';
import { hearCarrierOptOut, hearConsent, hearOptOut, mayReceive, tellsOptOut } from './consent';
import { emptyOutbox, type Outbox } from './outbox';
import { ann, batchOf, noon, outboxWith, reply, rules } from './outbox.testkit';

const start: DialogEvent = { type: 'TraineeOptedIn', source: 'text', word: 'START' };
const stop: DialogEvent = { type: 'TraineeOptedOut', source: 'text', word: 'STOP' };
const origin = { partition: 0, offset: '1', at: noon };
const out = (version: number) => batchOf(version, { optedOut: true, events: [stop] });
const back = (version: number) => batchOf(version, { events: [start] });
const accept = (outbox: Outbox, batch: ReturnType<typeof batchOf>, kind: 'reply' | 'consent' = 'reply') =>
  acceptBatch(outbox, { batch, texts: [{ body: `v${batch.version}`, kind }], origin }, rules);
const bodies = ({ pending }: Outbox) => pending.map(({ body }) => body);

describe('a word on consent from behind a hole in the versions', () => {
  it('cancels what waits, and what the missing batches say goes no more', () => {
    const heard = hearConsent(outboxWith(reply('one'), reply('two')), out(4));
    expect([bodies(heard), heard.lastVersion]).toEqual([[], 1]);
    const filled = accept(accept(heard, batchOf(2)), batchOf(3));
    expect(bodies(filled)).toEqual([]);
    expect(bodies(accept(filled, out(4), 'consent'))).toEqual(['v4']);
  });

  it('is not undone by an older one that is read later', () => {
    const heard = hearConsent(hearConsent(outboxWith(), out(4)), back(6));
    const filled = accept(accept(accept(heard, batchOf(2)), batchOf(3)), out(4), 'consent');
    expect(filled.optedOut).toBe(false);
    expect(bodies(filled)).toEqual([]);
    expect(bodies(accept(accept(filled, batchOf(5)), back(6)))).toEqual(['v5', 'v6']);
  });

  it('counts also where nothing else of its batch can be read, and is confirmed once that can be', () => {
    const heard = hearOptOut(outboxWith(reply('one'), reply('two')), 3);
    expect([bodies(heard), mayReceive(heard, 'reply'), heard.lastVersion]).toEqual([[], false, 1]);
    expect(bodies(accept(accept(heard, batchOf(2)), out(3), 'consent'))).toEqual(['v3']);
    expect(hearOptOut(hearConsent(outboxWith(), back(4)), 3).optedOut).toBe(false);
  });

  it('leaves out the confirmation of what has changed again since', () => {
    const heard = hearConsent(outboxWith(), out(3));
    expect(bodies(accept(heard, back(2), 'consent'))).toEqual([]);
  });

  it('of an opt-in outlives a refusal of the carrier that is older', () => {
    const heard = hearConsent(outboxWith(reply('one')), back(3));
    const late = hearCarrierOptOut(heard, { version: 1 });
    expect([mayReceive(late, 'reply'), tellsOptOut(late)]).toEqual([true, false]);
    const fresh = hearCarrierOptOut(heard, { version: 3 });
    expect([mayReceive(fresh, 'reply'), tellsOptOut(fresh)]).toEqual([false, true]);
    expect(mayReceive(accept(accept(fresh, batchOf(2)), back(3)), 'reply')).toBe(false);
  });

  it('ends as it would have without the hole, whatever was heard on the way and in whatever order', () => {
    const words = fc.array(fc.constantFrom('in', 'out', 'nothing'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(words, fc.array(fc.nat(7), { maxLength: 12 }), (said, heard) => {
        let optedOut = false;
        const batches = said.map((word, index) => {
          if (word !== 'nothing') optedOut = word === 'out';
          const events = word === 'in' ? [start] : word === 'out' ? [stop] : [];
          return batchOf(index + 1, { optedOut, events, at: noon + index });
        });
        const inOrder = batches.reduce((outbox, batch) => accept(outbox, batch), emptyOutbox(ann, 0));
        const ahead = heard
          .flatMap((index) => batches[index] ?? [])
          .reduce(
            (outbox, batch, index) =>
              index % 3 === 2 && batch.trainee.optedOut
                ? hearOptOut(outbox, batch.version)
                : hearConsent(outbox, batch),
            emptyOutbox(ann, 0),
          );
        const filled = batches.reduce((outbox, batch) => accept(outbox, batch), ahead);
        const consentOf = ({ optedInVersion, optedInAt, ...rest }: Outbox) => ({
          optedOut: rest.optedOut,
          carrierOptOut: rest.carrierOptOut,
          optedInVersion,
          optedInAt,
        });
        expect(consentOf(filled)).toEqual(consentOf(inOrder));
        expect(bodies(inOrder)).toEqual(expect.arrayContaining([...bodies(filled)]));
      }),
    );
  });
});
