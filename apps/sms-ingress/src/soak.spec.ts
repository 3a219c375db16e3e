import { soak, soakWithinMs, type RunningApp } from '@stopcovid/runtime';
import type { Publisher } from '@stopcovid/kafka';
import { inbound, signed, startIngress, statusOf } from './ingress.testkit';

/** Takes everything and keeps nothing. */
const forgetful: Publisher = { publish: () => Promise.resolve(), close: () => Promise.resolve() };
const sid = (number: number): string => `SM${String(number).padStart(32, '0')}`;
const phone = (number: number): string => `+1202${String(2_000_000 + number)}`;

describe('signed webhooks', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startIngress(forgetful);
  });
  afterAll(() => app.close());

  const send = async (form: Readonly<Record<string, string>>): Promise<void> => {
    const { body = '', signature = '', path = '' } = signed(form);
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature,
    };
    const { statusCode } = await app.app.inject({ method: 'POST', url: path, payload: body, headers });
    if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
  };

  it.each<[string, (number: number) => Readonly<Record<string, string>>]>([
    ['bring texts', (number) => inbound({ MessageSid: sid(number), From: phone(number) })],
    ['report on texts', (number) => statusOf('delivered', { MessageSid: sid(number), To: phone(number) })],
  ])(
    'that %s, each of another phone, leave nothing in memory',
    async (_what, form) => {
      const each = (number: number): Promise<void> => send(form(number));
      const asked = { things: 600, settling: 800, mostBytes: 250, plantedBytes: 2_048 };
      await expect(soak({ ...asked, each })).resolves.toEqual([]);
    },
    soakWithinMs,
  );
});
