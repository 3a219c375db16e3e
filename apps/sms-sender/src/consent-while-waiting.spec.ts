import { until } from '@stopcovid/runtime';
import type { Outbox } from './outbox/outbox';
import { ann } from './outbox/outbox.testkit';
import { saying, stop, withSender, type Sender } from './sender.testkit';

/** How a phone comes to wait with texts still to go. Answers what ends the waiting. */
const waiting: Readonly<Record<string, (sender: Sender) => Promise<() => void>>> = {
  'between two texts': async ({ happen, bodies }) => {
    happen(ann, ['one', 'two', 'three'].map(saying));
    await until(() => bodies().length === 1);
    return () => undefined;
  },
  'for a missing batch': async ({ happen, delayed, bodies }) => {
    happen(ann, ['one', 'two', 'three'].map(saying));
    await until(() => bodies().length === 1);
    return delayed(ann, [saying('missing')]);
  },
  'for a batch that is missing for good': async ({ happen, delayed, bodies, waits }) => {
    happen(ann, ['one', 'two', 'three'].map(saying));
    await until(() => bodies().length === 1);
    const missing = delayed(ann, [saying('missing')]);
    const behind = delayed(ann, [saying('behind the hole')]);
    behind();
    await until(async () => (await waits()) === 'gap');
    return () => [missing, behind].forEach((deliver) => deliver());
  },
  'for the list, with a text in doubt': async ({ happen, answer, outbox, twilio }) => {
    twilio.state.hideFromList = true;
    answer({ kind: 'drop' });
    happen(ann, ['one', 'two', 'three'].map(saying));
    await until(async () => (await outbox())?.pending[0]?.delivery.status === 'AMBIGUOUS');
    return () => void (twilio.state.hideFromList = false);
  },
  'for the answer of a call': async ({ happen, answer, twilio }) => {
    answer({ kind: 'hang' });
    happen(ann, ['one', 'two', 'three'].map(saying));
    await until(() => twilio.state.calls === 1);
    return () => undefined;
  },
  'for an account that is refused': async ({ happen, answer, outbox, ready }) => {
    answer({ kind: 'refuse', status: 401, code: 20003 });
    happen(ann, ['one', 'two', 'three'].map(saying));
    await until(async () => (await ready()) === 503);
    await until(async () => (await outbox())?.pending[0]?.delivery.status === 'READY');
    return () => undefined;
  },
};

const unasked = (outbox: Outbox | undefined) =>
  outbox?.pending.filter(({ kind, delivery }) => kind !== 'consent' && delivery.status === 'READY');

describe('STOP is obeyed at once while a phone waits', () => {
  it.each(Object.entries(waiting))('%s', (_for, beginToWait) =>
    withSender(
      async (sender) => {
        const end = await beginToWait(sender);
        const deliverStop = sender.delayed(ann, [stop], { optedOut: true });
        deliverStop();
        await until(async () => unasked(await sender.outbox())?.length === 0);
        expect(sender.bodies().filter((body) => body !== 'one')).toEqual([]);
        end();
        deliverStop();
        sender.happen(ann, [saying('four')], { optedOut: true });
        await until(async () => (await sender.outbox())?.lastVersion === sender.lastVersion());
        expect(sender.bodies()).not.toContain('two');
        expect(unasked(await sender.outbox())).toEqual([]);
      },
      { SMS_PAUSE_MS: 300, TWILIO_TIMEOUT_MS: 400 },
    ),
  );

  it('for a partition that is halted, where no batch is read: by the carrier’s word', () =>
    withSender(
      async ({ happen, delayed, report, logged, outbox, commands, bodies, lastVersion }) => {
        happen(ann, ['one', 'two', 'three'].map(saying));
        await until(() => logged().length === 1);
        const deliverStop = delayed(ann, [stop], { optedOut: true });
        report(ann, logged()[0]?.messageId ?? '', '21610');
        await until(async () => unasked(await outbox())?.length === 0);
        await until(() => commands().length === 1);
        deliverStop();
        await until(async () => (await outbox())?.lastVersion === lastVersion());
        expect([bodies().includes('two'), unasked(await outbox())]).toEqual([false, []]);
      },
      { SMS_PAUSE_MS: 2_000 },
    ));
});
