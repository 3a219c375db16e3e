import { newWebhookSecret, signatureOf, signedHeaders } from './standard-webhooks';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const message = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
};
const right = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

describe('the signature of a webhook', () => {
  it('is the value that Standard Webhooks gives as its example', () =>
    expect(signatureOf(secret, message)).toBe(right));

  it.each([
    ['a byte more in the body', { body: `${message.body} ` }],
    ['another id', { id: 'msg_other' }],
    ['another second', { timestamp: message.timestamp + 1 }],
  ])('is another one with %s', (_what, change) =>
    expect(signatureOf(secret, { ...message, ...change })).not.toBe(right),
  );

  it('is given by each of two secrets while one replaces the other', () => {
    const other = newWebhookSecret();
    expect(signedHeaders([other, secret], message)).toEqual({
      'webhook-id': message.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': `${signatureOf(other, message)} ${right}`,
    });
  });

  it('is made with secrets of 32 bytes, no two alike', () => {
    const secrets = [newWebhookSecret(), newWebhookSecret()];
    expect(new Set(secrets).size).toBe(2);
    for (const each of secrets) expect(Buffer.from(each.replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
  });
});
