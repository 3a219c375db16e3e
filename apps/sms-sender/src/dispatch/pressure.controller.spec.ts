import { Secret, until } from '@stopcovid/runtime';
import { phone } from '../outbox/outbox.testkit';
import { saying, stop, withSender } from '../sender.testkit';

const key = 'a-key-of-the-spec-itself';
const path = '/v1/pressure';
const guarded = { API_KEYS: new Secret(`spec=${key}`), SMS_BACKLOG_LIMIT: 2, SMS_BACKLOG_EVERY_MS: 10 };

describe('GET /v1/pressure', () => {
  it('says that too many wait, and that they no longer do', () =>
    withSender(
      async ({ ask, happen }) => {
        const pressure = async (): Promise<unknown> => (await ask(path, key)).json();
        const soon = (pressed: boolean): Promise<true> =>
          until(async () => JSON.stringify(await pressure()).includes(`"pressed":${pressed}`));
        expect(await pressure()).toEqual({ pressed: false, waiting: 0, limit: 2 });
        const phones = [1, 2, 3, 4].map(phone);
        for (const each of phones) happen(each, [saying('Good morning')]);
        await soon(true);
        expect(await pressure()).toEqual({ pressed: true, waiting: 2, limit: 2 });
        for (const each of phones) happen(each, [stop], { optedOut: true });
        await soon(false);
      },
      { ...guarded, SMS_PER_SECOND: 0.1 },
    ));

  it('goes by the rate where nobody sets a limit', () =>
    withSender(async ({ ask }) => expect(await (await ask(path, key)).json()).toMatchObject({ limit: 400 }), {
      API_KEYS: guarded.API_KEYS,
      SMS_PER_SECOND: 0.4,
    }));

  it('is told to nobody without a key, whatever else the address says', () =>
    withSender(async ({ ask }) => {
      const paths = [path, `${path}/`, `/${path}`, `${path}?/health`];
      const answers = await Promise.all(
        paths.flatMap((each) => [ask(each), ask(each, 'wrong-key-of-somebody')]),
      );
      for (const answer of answers) {
        expect([401, 404]).toContain(answer.status);
        expect(await answer.text()).not.toContain('pressed');
      }
      expect((await ask(path)).status).toBe(401);
    }, guarded));

  it('is not there where no keys are set', () =>
    withSender(async ({ ask }) => {
      expect([(await ask(path)).status, (await ask(path, key)).status]).toEqual([404, 404]);
    }));
});

describe('the waiting phones', () => {
  it('are shown in the metrics whether or not anybody may ask for them', () =>
    withSender(
      async ({ ask, happen }) => {
        const metrics = async (): Promise<string> => (await ask('/metrics')).text();
        for (const each of [1, 2, 3, 4].map(phone)) happen(each, [saying('Good morning')]);
        await until(async () => /^sms_sender_pressed\{[^}]*\} 1$/m.test(await metrics()));
        expect(await metrics()).toMatch(/^sms_sender_waiting_phones\{[^}]*\} 2$/m);
      },
      { SMS_BACKLOG_LIMIT: 2, SMS_BACKLOG_EVERY_MS: 10, SMS_PER_SECOND: 0.1 },
    ));
});
