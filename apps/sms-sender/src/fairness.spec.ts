import { until } from '@stopcovid/runtime';
import { phone } from './outbox/outbox.testkit';
import { bob, saying, withSender } from './sender.testkit';

jest.setTimeout(20_000);

const crowd = Array.from({ length: 40 }, (_, index) => phone(1_000 + index));
const thanks = { type: 'ThanksReceived', text: 'thanks' } as const;

describe('who waits keeps nobody else waiting', () => {
  it('forty phones in doubt and a list that hangs: the reply to another goes out within a second', () =>
    withSender(
      async ({ happen, answer, bodies, outbox, twilio }) => {
        twilio.state.listHangs = true;
        answer(...crowd.map(() => ({ kind: 'drop' }) as const));
        for (const each of crowd) happen(each, [saying('one'), saying('two')]);
        for (const each of crowd)
          await until(async () => (await outbox(each))?.pending[0]?.delivery.status === 'AMBIGUOUS');
        await until(() => twilio.state.lists >= 10);
        const before = Date.now();
        happen(bob, [thanks]);
        await until(() => bodies(bob).length === 1);
        expect(Date.now() - before).toBeLessThan(1_000);
        expect(twilio.state.lists).toBeLessThanOrEqual(20);
      },
      { TWILIO_TIMEOUT_MS: 2_000, SMS_PER_SECOND: 40 },
    ));
});
