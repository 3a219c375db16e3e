import { createLogger, Secret } from '@stopcovid/runtime';
import { carrierGateway } from './carrier-gateway';
import { SenderConfig } from '../config';
import { ann } from '../outbox/outbox.testkit';
import { requestId, startFakeTwilio, type Answer, type FakeTwilio } from './twilio.testkit';

const accountSid = `AC${'0'.repeat(31)}7`;
const serviceSid = `MG${'0'.repeat(31)}8`;
const path = '/2010-04-01/Accounts/AC…0007/Messages.json';
const text = { id: 'aaff00', to: ann, body: 'my secret words', media: 'https://media.example.org/a.png' };
const noise = { kind: 'raw', body: 'my secret words to +12025550101' } as const;

let twilio: FakeTwilio;
let lines: string[];
const gateway = (settings: Partial<SenderConfig> = {}, level: 'debug' | 'info' = 'debug') => {
  const config = Object.assign(new SenderConfig(), {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: new Secret('the-token'),
    TWILIO_API_URL: new URL(`${twilio.url}/`),
    TWILIO_MESSAGING_SERVICE_SID: serviceSid,
    TWILIO_TIMEOUT_MS: 1_500,
    STATUS_CALLBACK_URL: new URL('https://user:callback-password@sms.example.org/status'),
    ...settings,
  });
  const destination = { write: (line: string) => void lines.push(line) };
  return carrierGateway(config, { logger: createLogger('sms-sender', { level, destination }) });
};
const logged = (): unknown[] => lines.map((line): unknown => JSON.parse(line));

beforeEach(async () => {
  lines = [];
  twilio = await startFakeTwilio();
});
afterEach(() => twilio.close());

describe('the log of calls to Twilio', () => {
  it.each<[string, Answer, object]>([
    ['taken', { kind: 'accept' }, { status: 201, requestId }],
    ['refused', { kind: 'refuse', status: 400, code: 21610 }, { status: 400, requestId }],
    ['told to wait', { kind: 'refuse', status: 429, retryAfter: '7' }, { status: 429, requestId }],
    ['of an account that is refused', { kind: 'refuse', status: 401, code: 20003 }, { status: 401 }],
    ['met by a failure', { ...noise, status: 500 }, { status: 500 }],
    ['answered by nonsense', { ...noise, status: 200 }, { status: 200 }],
    ['not answered in time', { kind: 'hang' }, { error: 'time limit' }],
    ['dropped', { kind: 'drop' }, { error: 'ECONNRESET' }],
  ])('has one line for a text %s, with its id and without a word of it', async (_how, answer, end) => {
    twilio.answers.push(answer);
    await gateway().send(text);
    const line = { level: 'debug', msg: 'call to Twilio', method: 'POST', path, messageId: 'aaff00' };
    expect(logged()).toMatchObject([{ ...line, ...end, ms: expect.any(Number) }]);
    expect(lines.join()).not.toMatch(/2025550|secret|password|the-token|example\.org|00000000|Basic/);
  });

  it('has one line for a look into the list, without whose list it is', async () => {
    await gateway().listSentTo(ann);
    expect(logged()).toMatchObject([{ method: 'GET', path, status: 200, requestId }]);
    expect(lines.join()).not.toMatch(/2025550|messageId/);
  });

  it('has a line for a call that found nobody', async () => {
    await twilio.close();
    await gateway().send(text);
    expect(logged()).toMatchObject([{ path, error: 'ECONNREFUSED', messageId: 'aaff00' }]);
    twilio = await startFakeTwilio();
  });

  it('keeps the ids of texts that are handed over at once apart', async () => {
    const at = gateway();
    const ids = ['a1', 'b2', 'c3', 'd4'];
    await Promise.all(ids.map((id) => at.send({ ...text, id })));
    expect(logged()).toEqual(
      expect.arrayContaining(ids.map((messageId) => expect.objectContaining({ messageId }))),
    );
  });

  it('says nothing of an address in front of Twilio', async () => {
    await gateway({ TWILIO_API_URL: new URL(`${twilio.url}/proxy/for-my-secret-key/`) }).send(text);
    expect(logged()).toMatchObject([{ path, status: 404 }]);
    expect(lines.join()).not.toContain('secret');
  });

  it('has no lines above debug', async () => {
    await gateway({}, 'info').send(text);
    expect(lines).toEqual([]);
  });
});
