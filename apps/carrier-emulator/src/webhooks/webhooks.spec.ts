import { type RunningApp, until } from '@stopcovid/runtime';
import { isSignedWith } from '@stopcovid/twilio';
import {
  accountSid,
  authToken,
  clientOf,
  maria,
  ownNumber,
  startEmulator,
  startHookServer,
  textFrom,
  type Hook,
  type HookServer,
} from '../emulator.testkit';

describe('webhooks', () => {
  let server: HookServer;
  let emulator: RunningApp;
  afterEach(async () => {
    await emulator.close();
    await server.close();
  });

  const start = async (settings: { fragment?: string } = {}): Promise<void> => {
    server = await startHookServer();
    const WEBHOOK_URL = `${server.url}/in?a=1${settings.fragment ?? ''}`;
    emulator = await startEmulator({ WEBHOOK_URL });
  };
  const text = async (body: string): Promise<string> => {
    const response = await fetch(`${emulator.url}/emulator/api/texts`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ from: maria, text: body }),
    });
    return ((await response.json()) as { sid: string }).sid;
  };
  const onPhone = async () => {
    const phones = (await (await fetch(`${emulator.url}/emulator/api/phones`)).json()) as {
      messages: { body: string; status: string; note: string; mine: boolean }[];
    }[];
    return phones[0]?.messages ?? [];
  };
  const settled = async () => {
    await until(async () => (await onPhone())[0]?.status !== 'sending', { what: 'the webhook has ended' });
    return onPhone();
  };
  const isSigned = ({ path, headers, form }: Hook): boolean =>
    isSignedWith(authToken, {
      url: `${server.url}${path}`,
      parameters: form,
      signature: String(headers['x-twilio-signature']),
    });

  it('a text from a phone arrives signed, with Twilio’s fields, as typed', async () => {
    await start();
    const typed = ' សួស្តី\n100% & “b) 2+2” 🙂 ';
    const sid = await text(typed);
    const [hook] = await server.received('/in?a=1', 1);
    expect(hook?.form).toEqual({
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      SmsStatus: 'received',
      AccountSid: accountSid,
      ApiVersion: '2010-04-01',
      From: maria,
      To: ownNumber,
      Body: typed,
      NumMedia: '0',
      NumSegments: '1',
    });
    expect(hook && isSigned(hook)).toBe(true);
    expect(hook?.headers['i-twilio-idempotency-token']).toBeUndefined();
  });

  it('texts of one phone arrive in the order of typing', async () => {
    await start();
    const bodies = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    for (const body of bodies) await text(body);
    const hooks = await server.received('/in?a=1', bodies.length);
    expect(hooks.map(({ form }) => form['Body'])).toEqual(bodies);
  });

  it('is not retried after a 5xx unless its URL asks for it, and the phone shows the text as not delivered', async () => {
    await start();
    server.answerWith(503);
    await text('hello');
    await server.received('/in?a=1', 1);
    expect(await settled()).toMatchObject([{ status: 'failed', note: 'the webhook answered 503' }]);
    expect(server.hooks).toHaveLength(1);
  });

  it('is retried as its URL’s fragment asks, with one idempotency token on the retries alone', async () => {
    await start({ fragment: '#rc=5&rp=all' });
    server.answerWith(503, 404);
    await text('hello');
    const hooks = await server.received('/in?a=1', 3);
    const [first, second, third] = hooks.map(({ headers }) => headers['i-twilio-idempotency-token']);
    expect(first).toBeUndefined();
    expect(second).toMatch(/^[0-9a-f-]{36}$/);
    expect(third).toBe(second);
    expect(hooks.every(isSigned)).toBe(true);
    expect(await settled()).toMatchObject([{ status: 'delivered' }]);
  });

  it('reports each status of a message in order, signed, but not the one that the answer told', async () => {
    await start();
    const statusCallback = `${server.url}/status?id=7`;
    const client = clientOf(emulator);
    await client.messages.create({ to: maria, from: ownNumber, body: 'one', statusCallback });
    const hooks = await server.received('/status?id=7', 2);
    expect(hooks.map(({ form }) => form['MessageStatus'])).toEqual(['sent', 'delivered']);
    expect(hooks.every(isSigned)).toBe(true);

    const messagingServiceSid = `MG${'0'.repeat(32)}`;
    const other = `${server.url}/status?id=8`;
    await client.messages.create({ to: maria, messagingServiceSid, body: 'two', statusCallback: other });
    const more = await server.received('/status?id=8', 3);
    expect(more.map(({ form }) => form['MessageStatus'])).toEqual(['queued', 'sent', 'delivered']);
    expect(more[0]?.form).toMatchObject({ MessagingServiceSid: messagingServiceSid, To: maria });
  });

  it('speaks WhatsApp: its addresses, its field on the webhook, and that a message was read', async () => {
    await start();
    const phone = 'whatsapp:+5215512345678';
    await textFrom(emulator, phone, 'hola');
    const [hook] = await server.received('/in?a=1', 1);
    expect(hook?.form).toMatchObject({ From: phone, To: `whatsapp:${ownNumber}`, WaId: '5215512345678' });
    const statusCallback = `${server.url}/status?id=9`;
    const from = `whatsapp:${ownNumber}`;
    await clientOf(emulator).messages.create({ to: phone, from, body: 'hola', statusCallback });
    const hooks = await server.received('/status?id=9', 3);
    expect(hooks.map(({ form }) => form['MessageStatus'])).toEqual(['sent', 'delivered', 'read']);
  });

  it('a phone without a service behind it says that its text was not delivered', async () => {
    await start();
    await server.close();
    await text('anyone?');
    expect(await settled()).toMatchObject([{ status: 'failed' }]);
  });
});
