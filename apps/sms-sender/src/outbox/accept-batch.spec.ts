import { eventSample, type DialogEvent } from '@stopcovid/contracts';
import { acceptBatch, type WordedText } from './accept-batch';
import { nextStep } from './deliver';
import { emptyOutbox, type Outbox } from './outbox';
import { ann, batchOf, noon, outboxWith, policy, reply, rules, phone } from './outbox.testkit';

const origin = { partition: 3, offset: '42', at: noon };
const accept = (outbox: Outbox, batch: ReturnType<typeof batchOf>, ...texts: readonly WordedText[]): Outbox =>
  acceptBatch(outbox, { batch, texts, origin }, rules);
const bodies = (outbox: Outbox) => outbox.pending.map(({ body }) => body);
const optedOutEvent = { type: 'TraineeOptedOut', source: 'text', word: 'STOP' } as const;

describe('taking in a batch', () => {
  it('appends its texts in order and remembers where it stood', () => {
    const outbox = accept(outboxWith(reply('one')), batchOf(2), reply('two'), reply('three'));
    expect(bodies(outbox)).toEqual(['one', 'two', 'three']);
    expect(outbox).toMatchObject({ lastVersion: 2, lastOffset: '42', partition: 3 });
    expect(new Set(outbox.pending.map(({ id }) => id)).size).toBe(3);
  });

  it('leaves out texts with neither words nor media, and keeps media alone', () => {
    const outbox = outboxWith(reply('  \n'), { ...reply(''), media: 'https://example.org/a.png' });
    expect(outbox.pending).toMatchObject([{ body: '', media: 'https://example.org/a.png' }]);
  });

  it('takes in versions of fake numbers, but none of their texts', () => {
    const batch = { ...batchOf(1), phone: phone(1) };
    const outbox = acceptBatch(
      emptyOutbox(phone(1), 0),
      { batch, texts: [reply('hello')], origin },
      { ...rules, isFake: (number) => number === phone(1) },
    );
    expect(outbox).toMatchObject({ lastVersion: 1, pending: [] });
  });

  it.each([
    ['reply', 'masks'],
    ['started', 'hands'],
    ['message', undefined],
  ] as const)('says for whom a %s is and of which drill: %s', (kind, drill) => {
    const run = { runId: 'run', drill: 'masks' };
    const told = [
      { ...eventSample('DrillCompleted'), ...run },
      { ...eventSample('DrillStarted'), runId: 'next', drill: 'hands' },
    ] as DialogEvent[];
    const batch = batchOf(1, { employer: 'acme', events: kind === 'message' ? [] : told });
    const outbox = accept(emptyOutbox(ann, 0), batch, { ...reply('x'), kind });
    expect(outbox.pending).toMatchObject([{ employerId: 'acme', language: 'en' }]);
    expect(outbox.pending[0]?.drill).toBe(drill);
  });

  it("carries the messaging service of the trainee's account", () => {
    const service = `MG${'0'.repeat(32)}`;
    expect(accept(emptyOutbox(ann, 0), batchOf(1, { service }), reply('x')).pending).toMatchObject([
      { messagingServiceSid: service },
    ]);
  });

  it.each([
    [
      'on WhatsApp, as the carrier writes it',
      { channel: 'whatsapp', address: '+5215512345678' },
      'whatsapp:+5215512345678',
    ],
    ['on WhatsApp', { channel: 'whatsapp' }, `whatsapp:${ann}`],
    ['by SMS, as the carrier writes it', { channel: 'sms', address: '+5215512345678' }, '+5215512345678'],
    ['by SMS, as ever', {}, undefined],
  ] as const)('is answered %s', (_how, trainee, to) => {
    expect(accept(emptyOutbox(ann, 0), batchOf(1, trainee), reply('x')).pending[0]?.to).toBe(to);
  });

  it('goes to no address that is fake, whatever the phone is', () => {
    const batch = batchOf(1, { channel: 'whatsapp', address: '+15550100' });
    expect(accept(emptyOutbox(ann, 0), batch, reply('x')).pending).toEqual([]);
  });

  it('fails what is more than an outbox may hold instead of growing without end', () => {
    const outbox = outboxWith(...Array.from({ length: 52 }, (_, index) => reply(`text ${index}`)));
    expect(outbox.pending.filter((item) => item.delivery.status === 'READY')).toHaveLength(50);
    expect(outbox.pending.at(-1)?.delivery).toMatchObject({ status: 'FAILED', code: 'OUTBOX_FULL' });
  });
});

describe('an opt-out', () => {
  const optOut = batchOf(2, { optedOut: true, events: [optedOutEvent] });
  const goodbye: WordedText = { body: 'You will get no more texts.', kind: 'consent' };

  it('cancels what is pending and leaves its confirmation alone', () => {
    expect(bodies(accept(outboxWith(reply('one'), reply('two')), optOut, goodbye))).toEqual([goodbye.body]);
  });

  it('lets nothing but consent texts in while it lasts', () => {
    const outbox = accept(
      accept(outboxWith(), optOut, goodbye),
      batchOf(3, { optedOut: true }),
      reply('drill'),
    );
    expect(bodies(outbox)).toEqual([goodbye.body]);
  });

  it('leaves a text alone that the carrier may already have', () => {
    const claimed = nextStep(outboxWith(reply('one'), reply('two')), { at: noon, policy }).outbox;
    expect(bodies(accept(claimed, optOut, goodbye))).toEqual(['one', goodbye.body]);
  });

  it('known by the carrier alone holds until the trainee opts in by a text', () => {
    const known = { ...outboxWith(), carrierOptOut: true };
    expect(bodies(accept(known, batchOf(2), reply('drill')))).toEqual([]);
    const optedIn = batchOf(2, { events: [{ type: 'TraineeOptedIn', source: 'text', word: 'START' }] });
    expect(bodies(accept(known, optedIn, reply('welcome back')))).toEqual(['welcome back']);
  });
});
