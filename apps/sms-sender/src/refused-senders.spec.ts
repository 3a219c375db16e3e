import { until } from '@stopcovid/runtime';
import type { Answer } from './carrier/twilio.testkit';
import { Refusals } from './dispatch/refusals';
import { ann, outboxWith, phone, reply } from './outbox/outbox.testkit';
import { bob, saying, startSender, type Sender } from './sender.testkit';
import { inMemoryOutboxStore } from './store/in-memory-outbox-store';

jest.setTimeout(20_000);

const service = `MG${'0'.repeat(31)}7`;
const crowd = Array.from({ length: 12 }, (_, index) => phone(400 + index));
const refusals: readonly [string, Answer][] = [
  ['a number that may not send', { kind: 'refuse', status: 400, code: 21606 }],
  ['a service without numbers', { kind: 'refuse', status: 400, code: 21703 }],
  ['a service that is gone', { kind: 'refuse', status: 404, code: 20404 }],
  ['an answer of "not found" without a code', { kind: 'refuse', status: 404 }],
];

const within = async (test: (sender: Sender & { later: (ms: number) => void }) => Promise<void>) => {
  const clock = { ahead: 0 };
  const sender = await startSender({}, inMemoryOutboxStore(), { now: () => Date.now() + clock.ahead });
  try {
    await test({ ...sender, later: (ms) => (clock.ahead += ms) });
  } finally {
    await sender.close();
  }
};
const alarms = ({ lines }: Sender) => lines.filter((line) => line.includes('-refused'));

describe('a sender that the carrier refuses', () => {
  it.each(refusals)('%s: its texts wait, one alarm is raised, one text tries again', (_what, refusal) =>
    within(async (sender) => {
      const { happen, answer, twilio, bodies, later, outbox, health, ready } = sender;
      answer(refusal);
      happen(ann, [saying('one')], { service });
      await until(() => alarms(sender).length === 1);
      for (const each of crowd) happen(each, [saying('uno')], { service });
      for (const each of crowd)
        await until(async () => ((await outbox(each))?.notBefore ?? 0) > Date.now() + 30_000);
      expect([twilio.state.calls, twilio.taken.length]).toEqual([1, 0]);
      expect([await ready(), await health()]).toEqual([200, expect.stringContaining(`refused: ${service}`)]);

      answer({ ...refusal, afterMs: 50 } as Answer);
      later(61_000);
      await until(() => twilio.state.calls === 2);
      await until(async () => {
        const heads = (await Promise.all([ann, ...crowd].map(outbox))).map((each) => each?.pending[0]);
        const tried = heads.reduce((sum, head) => sum + (head?.attempts ?? 0), 0);
        return tried === 2 && heads.every((head) => head?.delivery.status === 'READY');
      });
      expect(twilio.taken).toEqual([]);
      expect(alarms(sender)).toHaveLength(1);

      later(75_000);
      await until(() => crowd.every((each) => bodies(each).length === 1));
      await until(async () => !(await health()).includes('refused'));
      expect(alarms(sender)).toHaveLength(1);
    }),
  );

  it('keeps nobody waiting who has another', () =>
    within(async (sender) => {
      const { happen, answer, bodies } = sender;
      answer({ kind: 'refuse', status: 400, code: 21703 });
      happen(ann, [saying('one')], { service });
      await until(() => alarms(sender).length === 1);
      for (const each of crowd) happen(each, [saying('uno')], { service });
      happen(bob, [saying('hello')]);
      await until(() => bodies(bob).length === 1);
      expect(crowd.flatMap(bodies)).toEqual([]);
    }));

  it('makes the service not ready where it is the default one', () =>
    within(async ({ happen, answer, ready, later, bodies }) => {
      answer({ kind: 'refuse', status: 400, code: 21606 });
      happen(ann, [saying('one')]);
      await until(async () => (await ready()) === 503);
      later(80_000);
      await until(() => bodies().length === 1);
      await until(async () => (await ready()) === 200);
    }));
});

describe('who is refused', () => {
  const [text, other] = outboxWith(reply('one'), reply('two')).pending;
  const first = { ...text!, attempts: 1 };
  const again = { ...text!, attempts: 2 };
  const refusal = { kind: 'refused', code: '21606', message: 'no', disposition: 'sender' } as const;
  const watched = () => {
    const heard: string[] = [];
    const told = {
      onRefused: () => void heard.push('refused'),
      onAccepted: () => void heard.push('accepted'),
    };
    return { heard, refusals: new Refusals({ pauseMs: 60_000, probeMs: 2_500, ...told }) };
  };

  it('is no sender because of one text that is refused again, once it has sent others', () => {
    const { heard, refusals } = watched();
    refusals.hear(first, refusal, 0);
    refusals.hear(other!, { kind: 'accepted', sid: 'SM1' }, 60_000);
    refusals.hear(again, refusal, 80_000);
    expect([heard, refusals.stoppedBy]).toEqual([['refused', 'accepted'], undefined]);
  });

  it('is one that has sent nothing lately, whichever text says so', () => {
    const { refusals } = watched();
    refusals.hear(again, refusal, 0);
    expect(refusals.stoppedBy).toMatch(/^Twilio refuses the sender, 21606: no; set TWILIO_FROM or /);
  });

  it('is told with the settings that say who we are, where the whole account is refused', () => {
    const { refusals } = watched();
    refusals.hear(first, { ...refusal, code: '20003', message: 'Authenticate', disposition: 'account' }, 0);
    expect(refusals.stoppedBy).toMatch(
      /^Twilio refuses the account, 20003: Authenticate; set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN /,
    );
  });

  it('lets one text try again at a time, and another where that one is not heard of', () => {
    const { refusals } = watched();
    refusals.hear(first, refusal, 0);
    const asked = [59_999, 60_000, 60_001, 62_500].map((at) => refusals.waitFor(other!, at));
    expect(asked).toEqual([60_000, undefined, 62_500, undefined]);
  });

  it('by a report is left alone for the whole pause, though it takes texts meanwhile', () => {
    const { heard, refusals } = watched();
    const report = { item: first, code: '30034', at: 0 } as const;
    refusals.hearReport({ ...report, disposition: 'sender' });
    refusals.hear(other!, { kind: 'accepted', sid: 'SM1' }, 1_000);
    expect([refusals.waitFor(other!, 2_000), heard]).toEqual([60_000, ['refused']]);
    expect(refusals.waitFor(other!, 60_000)).toBeUndefined();
    refusals.hear(other!, { kind: 'accepted', sid: 'SM2' }, 60_001);
    expect([refusals.waitFor(other!, 60_002), heard]).toEqual([undefined, ['refused', 'accepted']]);
    refusals.hearReport({ ...report, disposition: 'account', at: 70_000 });
    refusals.hear(other!, { kind: 'accepted', sid: 'SM3' }, 71_000);
    expect(refusals.accountUntil).toBe(130_000);
    refusals.hear(other!, { kind: 'accepted', sid: 'SM4' }, 130_000);
    expect(refusals.accountUntil).toBeUndefined();
  });
});
