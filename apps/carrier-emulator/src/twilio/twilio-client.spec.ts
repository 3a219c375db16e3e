import { type RunningApp, until } from '@stopcovid/runtime';
import { accountSid, authToken, clientOf, maria, ownNumber, startEmulator } from '../emulator.testkit';

const service = `MG${'0'.repeat(32)}`;

describe('the twilio package’s own client', () => {
  let emulator: RunningApp;
  beforeAll(async () => {
    emulator = await startEmulator({
      WEBHOOK_URL: 'http://127.0.0.1:9/none',
      API_KEY: `SK${'1'.repeat(32)}:key`,
    });
  });
  afterAll(() => emulator.close());

  it('creates a message and reads it back as delivered', async () => {
    const client = clientOf(emulator);
    const created = await client.messages.create({ to: maria, from: ownNumber, body: 'Wash your hands' });
    expect(created).toMatchObject({
      accountSid,
      to: maria,
      from: ownNumber,
      body: 'Wash your hands',
      status: 'queued',
      direction: 'outbound-api',
      numSegments: '1',
      numMedia: '0',
      errorCode: null,
      messagingServiceSid: null,
      apiVersion: '2010-04-01',
    });
    expect(created.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(Math.abs(Date.now() - created.dateCreated.getTime())).toBeLessThan(5_000);

    const read = async () => (await client.messages(created.sid).fetch()).status;
    await until(async () => (await read()) === 'delivered', { what: 'the message is delivered' });
    expect(created).toMatchObject({ price: null, priceUnit: 'USD' });
    const through = await client.messages(created.sid).fetch();
    expect(through).toMatchObject({ dateSent: expect.any(Date), price: '-0.00790', priceUnit: 'USD' });
  });

  it('reads exactly the documented fields of a message, dates in RFC 2822', async () => {
    const { sid } = await clientOf(emulator).messages.create({ to: maria, from: ownNumber, body: 'x' });
    const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}`;
    const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
    const response = await fetch(`${emulator.url}${uri}.json`, { headers: { authorization } });
    const rfc2822 = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/;
    const { date_sent: sent, status, price, ...rest } = (await response.json()) as Record<string, unknown>;
    expect(['queued', 'sent', 'delivered']).toContain(status);
    expect(sent === null || rfc2822.test(String(sent))).toBe(true);
    expect([null, '-0.00790']).toContain(price);
    expect(rest).toEqual({
      account_sid: accountSid,
      api_version: '2010-04-01',
      body: 'x',
      date_created: expect.stringMatching(rfc2822),
      date_updated: expect.stringMatching(rfc2822),
      direction: 'outbound-api',
      error_code: null,
      error_message: null,
      from: ownNumber,
      messaging_service_sid: null,
      num_media: '0',
      num_segments: '1',
      price_unit: 'USD',
      sid,
      subresource_uris: { media: `${uri}/Media.json` },
      to: maria,
      uri: `${uri}.json`,
    });
  });

  it('sends through a messaging service with pictures', async () => {
    const created = await clientOf(emulator).messages.create({
      to: maria,
      messagingServiceSid: service,
      mediaUrl: ['https://example.com/a.png', 'https://example.com/b.png'],
    });
    expect(created).toMatchObject({
      status: 'accepted',
      messagingServiceSid: service,
      numMedia: '2',
      from: null,
    });
    expect(created.sid).toMatch(/^MM/);
  });

  it('is let in with an API key', async () => {
    const client = clientOf(emulator, { username: `SK${'1'.repeat(32)}`, password: 'key' });
    await expect(client.messages.list({ limit: 1 })).resolves.toHaveLength(1);
  });

  it.each([
    ['an invalid recipient', { to: '12', body: 'x', from: ownNumber }, 400, 21211],
    ['neither text nor picture', { to: maria, from: ownNumber }, 400, 21602],
    ['no sender', { to: maria, body: 'x' }, 400, 21603],
    ['a sender that is not ours', { to: maria, body: 'x', from: '+12025550199' }, 400, 21606],
    [
      'a callback that is no URL',
      { to: maria, body: 'x', from: ownNumber, statusCallback: 'no' },
      400,
      21609,
    ],
    ['more than 1,600 characters', { to: maria, body: '🙂'.repeat(1_601), from: ownNumber }, 400, 21617],
    ['an unknown messaging service', { to: maria, body: 'x', messagingServiceSid: 'MG1' }, 404, 21701],
  ])('is refused for %s with Twilio’s code', async (_, request, status, code) => {
    await expect(clientOf(emulator).messages.create(request)).rejects.toMatchObject({
      status,
      code,
      moreInfo: `https://www.twilio.com/docs/errors/${code}`,
    });
  });

  it('takes 1,600 emoji', async () => {
    const body = '🙂'.repeat(1_600);
    const created = await clientOf(emulator).messages.create({ to: maria, body, from: ownNumber });
    expect(created.body).toBe(body);
  });

  it('is refused with a wrong token, for another account and for an unknown message', async () => {
    const stranger = clientOf(emulator, { password: 'wrong' });
    await expect(stranger.messages.list({ limit: 1 })).rejects.toMatchObject({ status: 401, code: 20003 });
    const account = `AC${'f'.repeat(32)}`;
    const other = clientOf(emulator, { accountSid: account, username: account });
    await expect(other.messages.list({ limit: 1 })).rejects.toMatchObject({ status: 401, code: 20003 });
    const unknown = clientOf(emulator).messages(`SM${'0'.repeat(32)}`);
    await expect(unknown.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });
});
