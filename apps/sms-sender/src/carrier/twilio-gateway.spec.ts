import { connectTwilio } from '@stopcovid/twilio';
import { ann } from '../outbox/outbox.testkit';
import { twilioGateway, type TwilioSettings } from './twilio-gateway';
import { startFakeTwilio, type Answer, type FakeTwilio } from './twilio.testkit';

const accountSid = `AC${'0'.repeat(31)}1`;
const serviceSid = `MG${'0'.repeat(31)}1`;
let twilio: FakeTwilio;
const gatewayWith = (settings: Partial<TwilioSettings> = {}, apiUrl = twilio.url) => {
  const access = { accountSid, username: accountSid, password: 'token', apiUrl: new URL(apiUrl) };
  return twilioGateway(connectTwilio(access, { timeoutMs: 1_500, maxSockets: 4 }), {
    sender: { messagingServiceSid: serviceSid },
    statusCallbackUrl: 'https://sms.example.org/webhooks/twilio/status?x=1',
    validityPeriodSeconds: 600,
    ...settings,
  });
};
const text = { id: 'aaff00', to: ann, body: 'hello' };
const answering = (answer: Answer) => {
  twilio.answers.push(answer);
  return gatewayWith().send(text);
};

beforeEach(async () => {
  twilio = await startFakeTwilio();
});
afterEach(() => twilio.close());

describe('handing a text to Twilio', () => {
  it('names the sender, our opaque id in the callback, and how long it is good for', async () => {
    expect(await gatewayWith().send(text)).toEqual({ kind: 'accepted', sid: twilio.taken[0]?.sid });
    expect(Object.fromEntries(twilio.taken[0]?.form ?? [])).toEqual({
      To: ann,
      Body: 'hello',
      MessagingServiceSid: serviceSid,
      StatusCallback:
        'https://sms.example.org/webhooks/twilio/status?x=1&id=aaff00#rc=5&rp=all&ct=2000&rt=4000&tt=15000',
      ValidityPeriod: '600',
    });
    expect(twilio.state.authorization).toBe(`Basic ${Buffer.from(`${accountSid}:token`).toString('base64')}`);
  });

  it('leaves alone how often Twilio tries the callback where its address says so', async () => {
    await gatewayWith({ statusCallbackUrl: 'https://sms.example.org/status#rc=1' }).send(text);
    expect(twilio.taken[0]?.form.get('StatusCallback')).toBe('https://sms.example.org/status?id=aaff00#rc=1');
  });

  it("prefers the messaging service of the trainee's account", async () => {
    const own = `MG${'f'.repeat(32)}`;
    await gatewayWith().send({ ...text, messagingServiceSid: own });
    expect(twilio.taken[0]?.form.get('MessagingServiceSid')).toBe(own);
  });

  it('sends to WhatsApp from the default sender alone, as no other is registered there', async () => {
    const to = 'whatsapp:+5215512345678';
    const own = `MG${'f'.repeat(32)}`;
    await gatewayWith().send({ ...text, to, messagingServiceSid: own });
    await gatewayWith({ sender: { from: '+12025550100' } }).send({ ...text, to, messagingServiceSid: own });
    const [byService, byNumber] = twilio.taken;
    expect([byService?.to, byService?.form.get('MessagingServiceSid')]).toEqual([to, serviceSid]);
    expect([byNumber?.to, byNumber?.form.get('From')]).toEqual([to, 'whatsapp:+12025550100']);
    expect(await gatewayWith().listSentTo(to)).toHaveLength(2);
  });

  it('sends from a number where there is no messaging service, and says which', async () => {
    const result = await gatewayWith({ sender: { from: '+12025550100' } }).send(text);
    expect(result).toMatchObject({ kind: 'accepted', from: '+12025550100' });
  });

  it('sends media, with words or without', async () => {
    await gatewayWith().send({ ...text, body: '', media: 'https://example.org/a b.png' });
    expect(twilio.taken[0]?.form.get('MediaUrl')).toBe('https://example.org/a b.png');
    expect(twilio.taken[0]?.form.has('Body')).toBe(false);
  });

  it.each([
    ['whole emoji', '👋🏽 hi', '👋🏽 hi'],
    ['half an emoji', 'hi \ud83d', 'hi \ufffd'],
    ['the other half', '\udc4b hi', '\ufffd hi'],
    ['halves in the wrong order, and a whole one', '\udc4b\ud83d 👋', '\ufffd\ufffd 👋'],
    ['half an emoji before a whole one', '\ud83d👋', '\ufffd👋'],
    ['right-to-left and NUL', 'مرحبا\u0000', 'مرحبا\u0000'],
    ['1,600 emoji', '🎉'.repeat(1_600), '🎉'.repeat(1_600)],
  ])('of %s', async (_what, body, arrives) => {
    await gatewayWith().send({ ...text, body });
    expect(twilio.taken[0]?.body).toBe(arrives);
  });
});

describe('what Twilio answers', () => {
  const html = '<html>Bad gateway</html>';
  it.each<[string, Answer, object]>([
    ['429', { kind: 'refuse', status: 429, code: 20429 }, { kind: 'refused', disposition: 'retry' }],
    [
      '429 with Retry-After',
      { kind: 'refuse', status: 429, retryAfter: '7' },
      { kind: 'refused', disposition: 'retry', retryAfterMs: 7_000 },
    ],
    [
      '429 with a Retry-After that is over',
      { kind: 'refuse', status: 429, retryAfter: 'Wed, 01 Jan 2020 12:00:00 GMT' },
      { kind: 'refused', disposition: 'retry', retryAfterMs: 0 },
    ],
    [
      '429 with a Retry-After of days: an hour is enough',
      { kind: 'refuse', status: 429, retryAfter: '200000' },
      { kind: 'refused', disposition: 'retry', retryAfterMs: 3_600_000 },
    ],
    [
      '21610',
      { kind: 'refuse', status: 400, code: 21610 },
      { kind: 'refused', code: '21610', disposition: 'optOut' },
    ],
    ['21211', { kind: 'refuse', status: 400, code: 21211 }, { kind: 'refused', disposition: 'permanent' }],
    ['20003', { kind: 'refuse', status: 401, code: 20003 }, { kind: 'refused', disposition: 'account' }],
    ['30002', { kind: 'refuse', status: 400, code: 30002 }, { kind: 'refused', disposition: 'account' }],
    ...(
      [
        [400, 21606],
        [400, 21703],
        [404, 21701],
        [404, 20404],
        [404, undefined],
      ] as const
    ).map(([status, code]): [string, Answer, object] => [
      `a refused sender, ${status} with ${code}`,
      { kind: 'refuse', status, ...(code === undefined ? {} : { code }) },
      { kind: 'refused', disposition: 'sender' },
    ]),
    ['a 400 of HTML', { kind: 'raw', status: 400, body: html }, { kind: 'refused', code: 'HTTP_400' }],
    ['500 with 20500', { kind: 'refuse', status: 500, code: 20500 }, { kind: 'unknown' }],
    ['502 of HTML after taking it', { kind: 'raw', status: 502, body: html }, { kind: 'unknown' }],
    ['200 of HTML', { kind: 'raw', status: 200, body: html }, { kind: 'unknown' }],
    ['201 of truncated JSON', { kind: 'raw', status: 201, body: '{"sid":"SM' }, { kind: 'unknown' }],
    ['201 without a sid', { kind: 'raw', status: 201, body: '{"code":20500}' }, { kind: 'unknown' }],
    [
      '200 with an error instead of a message, which may hide that it was taken',
      { kind: 'raw', status: 200, body: '{"code":21610,"status":400,"message":"no"}' },
      { kind: 'unknown' },
    ],
    [
      '200 with 20429, which would be tried again under its own status',
      { kind: 'raw', status: 200, body: '{"code":20429,"status":429,"message":"no"}' },
      { kind: 'unknown' },
    ],
    [
      'a message that has failed already: it is not sent another time',
      { kind: 'raw', status: 201, body: '{"sid":"SM1","status":"failed","error_code":30001}' },
      { kind: 'refused', code: '30001', disposition: 'permanent' },
    ],
    [
      'a message that has failed by an opt-out',
      { kind: 'raw', status: 201, body: '{"sid":"SM1","status":"failed","error_code":21610}' },
      { kind: 'refused', code: '21610', disposition: 'optOut' },
    ],
    [
      '503 of truncated JSON after taking it',
      { kind: 'raw', status: 503, body: '{"code":2' },
      { kind: 'unknown' },
    ],
    [
      '429 without a code',
      { kind: 'refuse', status: 429 },
      { kind: 'refused', code: '429', disposition: 'retry' },
    ],
    [
      '429 with a Retry-After that is no time',
      { kind: 'refuse', status: 429, retryAfter: 'soon' },
      { kind: 'refused', disposition: 'retry' },
    ],
    ['201 of null', { kind: 'raw', status: 201, body: 'null' }, { kind: 'unknown' }],
    ['nothing: the connection drops', { kind: 'drop' }, { kind: 'unknown' }],
    ['nothing: it takes too long', { kind: 'hang' }, { kind: 'unknown' }],
  ])('%s', async (_name, answer, result) => {
    expect(await answering(answer)).toMatchObject(result);
  });

  it('429 says for how long only where it does', async () => {
    expect(await answering({ kind: 'refuse', status: 429 })).not.toHaveProperty('retryAfterMs');
    expect(await answering({ kind: 'refuse', status: 429, retryAfter: 'soon' })).not.toHaveProperty(
      'retryAfterMs',
    );
  });

  it('nothing, since nobody listens: the text was surely not sent', async () => {
    const gateway = gatewayWith();
    await twilio.close();
    expect(await gateway.send(text)).toEqual({ kind: 'notSent', reason: 'ECONNREFUSED' });
    expect(await gateway.listSentTo(ann)).toBeUndefined();
  });

  it('nothing, since its name cannot be found: the text was surely not sent', async () => {
    expect(await gatewayWith({}, 'http://twilio.invalid').send(text)).toMatchObject({
      kind: 'notSent',
    });
  });
});

describe('a list that cannot be read', () => {
  it.each([
    ['HTML', '<html>Bad gateway</html>'],
    ['truncated JSON', '{"messages":[{"sid":"SM'],
    ['an error under 200', '{"code":20500,"status":500,"message":"no"}'],
    ['null', 'null'],
  ])('says nothing about what Twilio has: %s', async (_what, body) => {
    twilio.state.rawList = body;
    expect(await gatewayWith().listSentTo(ann)).toBeUndefined();
  });
});

it('lists what Twilio has for a phone', async () => {
  const gateway = gatewayWith();
  await gateway.send(text);
  const [listed] = (await gateway.listSentTo(ann)) ?? [];
  expect(listed).toMatchObject({ sid: twilio.taken[0]?.sid, body: 'hello', outbound: true });
  expect(Math.abs((listed?.createdAt ?? 0) - Date.now())).toBeLessThan(5_000);
});
