import { acceptBatch } from './accept-batch';
import { nextStep, settleByList } from './deliver';
import { headOf } from './outbox';
import { ann, batchOf, noon, outboxWith, policy, reply, rules } from './outbox.testkit';
import { doubtRestored, doubtUpTo, passOver } from './restored';

const origin = { partition: 3, offset: '42', at: noon };
const nothingTold = new Map<string, string | undefined>();

describe('an outbox of a restored database', () => {
  it('sends nothing before the carrier was asked', () => {
    const outbox = doubtRestored(outboxWith(reply('one'), reply('two')), nothingTold, noon);
    expect(outbox.pending.map(({ delivery }) => delivery.status)).toEqual(['AMBIGUOUS', 'AMBIGUOUS']);
    expect(nextStep(outbox, { at: noon, policy })).toMatchObject({ do: 'look', item: { body: 'one' } });
  });

  it('knows what went out from the log, and by the list what the log does not have', () => {
    const before = outboxWith(reply('one'), reply('two'));
    const told = new Map([[before.pending[0]!.id, 'SM1']]);
    const outbox = doubtRestored(before, told, noon);
    expect([outbox.recentSids, outbox.pending.map(({ body }) => body)]).toEqual([['SM1'], ['two']]);
    const { id, createdAt } = headOf(outbox)!;
    const listed = [{ sid: 'SM2', body: 'two', createdAt, outbound: true, to: ann, status: 'sent' }] as never;
    expect(settleByList(outbox, { id, listed }, { at: noon, policy }).pending[0]?.delivery).toMatchObject({
      status: 'SENT',
      sid: 'SM2',
    });
  });

  it('takes in what was decided before the restore in doubt, and what comes after it as ever', () => {
    const restored = doubtUpTo(outboxWith(), 3);
    const after = [2, 3, 4].reduce(
      (outbox, version) =>
        acceptBatch(outbox, { batch: batchOf(version), texts: [reply(`v${version}`)], origin }, rules),
      restored,
    );
    expect(after.pending.map(({ body, delivery }) => [body, delivery.status])).toEqual([
      ['v2', 'AMBIGUOUS'],
      ['v3', 'AMBIGUOUS'],
      ['v4', 'READY'],
    ]);
  });

  it('hears the consent of what it passes over', () => {
    const outbox = passOver(undefined, batchOf(1, { optedOut: true }), origin);
    expect(outbox).toMatchObject({ lastVersion: 1, lastOffset: '42', optedOut: true, pending: [] });
  });
});
