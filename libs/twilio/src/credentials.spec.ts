import { ConfigError, loadConfig } from '@stopcovid/runtime';
import { tokensOf, twilioAccessOf, withTwilio } from './credentials';

const accountSid = `AC${'0'.repeat(31)}1`;
const key = `SK${'0'.repeat(31)}1`;
const Settings = withTwilio(class Nothing {}, ['TWILIO_ACCOUNT_SID']);
const load = (environment: Readonly<Record<string, string>>) =>
  loadConfig(Settings, { TWILIO_ACCOUNT_SID: accountSid, ...environment });
const accessWith = (environment: Readonly<Record<string, string>>) => twilioAccessOf(load(environment));

describe('who calls Twilio', () => {
  it('is the account with the first of its tokens', () => {
    expect(accessWith({ TWILIO_AUTH_TOKEN: ', present, next' })).toEqual({
      accountSid,
      username: accountSid,
      password: 'present',
      apiUrl: new URL('https://api.twilio.com'),
    });
  });

  it('is an API key where there is one, whether there is a token or not', () => {
    const pair = { TWILIO_API_KEY_SID: key, TWILIO_API_KEY_SECRET: 's' };
    const access = { accountSid, username: key, password: 's' };
    expect(accessWith(pair)).toMatchObject(access);
    expect(accessWith({ ...pair, TWILIO_AUTH_TOKEN: 'token' })).toMatchObject(access);
  });

  it.each([
    ['TWILIO_API_KEY_SID', key, 'TWILIO_API_KEY_SECRET'],
    ['TWILIO_API_KEY_SECRET', 'a-secret-of-mine', 'TWILIO_API_KEY_SID'],
    ['TWILIO_REGION', 'ie1', 'TWILIO_EDGE'],
  ])('is not half a pair: %s alone is refused, and nothing else is called for it', (name, value, other) => {
    const problems = (() => {
      try {
        load({ TWILIO_AUTH_TOKEN: 'token', [name]: value });
      } catch (error) {
        return error instanceof ConfigError ? error.problems : [];
      }
      return [];
    })();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(`${other} beside it: set both or neither`);
    expect(problems[0]).not.toContain('a-secret-of-mine');
  });

  it.each([{}, { TWILIO_AUTH_TOKEN: ' , ' }])('is nobody without a token or a key: %j', (environment) => {
    expect(() => accessWith(environment)).toThrow('Set TWILIO_AUTH_TOKEN, or TWILIO_API_KEY_SID');
  });

  it('is nobody without an account, where that may be left out', () => {
    const config = loadConfig(withTwilio(class Nothing {}, []), { TWILIO_AUTH_TOKEN: 'token' });
    expect(() => twilioAccessOf(config)).toThrow('TWILIO_ACCOUNT_SID is not set');
  });
});

describe('where Twilio is called', () => {
  const token = { TWILIO_AUTH_TOKEN: 'token' };
  it.each([
    [{}, 'https://api.twilio.com/'],
    [{ TWILIO_EDGE: 'dublin', TWILIO_REGION: 'ie1' }, 'https://api.dublin.ie1.twilio.com/'],
    [{ TWILIO_EDGE: 'sydney' }, 'https://api.sydney.us1.twilio.com/'],
    [{ TWILIO_API_URL: 'http://127.0.0.1:3005/twilio' }, 'http://127.0.0.1:3005/twilio'],
  ])('with %j is %s', (environment, url) => {
    expect(accessWith({ ...token, ...environment }).apiUrl.href).toBe(url);
  });

  it('cannot be an edge of Twilio’s and an emulator', () => {
    const both = { TWILIO_EDGE: 'dublin', TWILIO_API_URL: 'http://127.0.0.1:3005' };
    expect(() => accessWith({ ...token, ...both })).toThrow('TWILIO_API_URL names another address');
  });
});

it('an empty token is none, as it would make everybody’s signature good', () => {
  expect(tokensOf(load({ TWILIO_AUTH_TOKEN: 'one,, two,' }).TWILIO_AUTH_TOKEN)).toEqual(['one', 'two']);
  expect(tokensOf(undefined)).toEqual([]);
});
