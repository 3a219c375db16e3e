import { loadConfig } from '@stopcovid/runtime';
import { twilioAccessOf } from '@stopcovid/twilio';
import { policyOf, SenderConfig, twilioSettingsOf } from './config';

const complete = {
  KAFKA_BROKERS: 'kafka-0:9092',
  MONGODB_URL: 'mongodb://mongo:27017/stopcovid',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'present,next',
  TWILIO_FROM: '+12025550100',
};
const load = (env: Readonly<Record<string, string>> = {}) =>
  loadConfig(SenderConfig, { ...complete, ...env });

describe('the configuration', () => {
  it('calls Twilio itself with the first token, unless told otherwise', () => {
    expect(twilioAccessOf(load())).toEqual({
      accountSid: complete.TWILIO_ACCOUNT_SID,
      username: complete.TWILIO_ACCOUNT_SID,
      password: 'present',
      apiUrl: new URL('https://api.twilio.com'),
    });
    expect(twilioSettingsOf(load())).toMatchObject({ sender: { from: '+12025550100' } });
  });

  it('prefers a messaging service to a number and an API key to the token', () => {
    const key = `SK${'0'.repeat(32)}`;
    const service = `MG${'0'.repeat(32)}`;
    const env = {
      TWILIO_MESSAGING_SERVICE_SID: service,
      TWILIO_API_KEY_SID: key,
      TWILIO_API_KEY_SECRET: 's',
    };
    expect(twilioAccessOf(load(env))).toMatchObject({ username: key, password: 's' });
    expect(twilioSettingsOf(load(env))).toMatchObject({ sender: { messagingServiceSid: service } });
  });

  it('refuses to start when nobody could send', () => {
    expect(() => twilioSettingsOf(load({ TWILIO_FROM: '' }))).toThrow(
      'set TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM',
    );
  });

  it('keeps a claim longer than any call can take', () => {
    expect(policyOf(load({ TWILIO_TIMEOUT_MS: '5000' })).claimMs).toBeGreaterThan(10_000);
  });

  it('reads lists, and no fake number is none of the samples', () => {
    expect(load({ SMS_FAKE_NUMBERS: '+1555, +999' }).SMS_FAKE_NUMBERS).toEqual(['+1555', '+999']);
    expect(load().SMS_FAKE_NUMBERS.some((prefix) => '+12025550143'.startsWith(prefix))).toBe(false);
  });
});
