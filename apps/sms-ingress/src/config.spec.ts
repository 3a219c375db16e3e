import { loadConfig } from '@stopcovid/runtime';
import { tokensOf } from '@stopcovid/twilio';
import { IngressConfig } from './config';
import { webhookUrl } from './webhook-url';

const complete = {
  PUBLIC_URL: 'https://sms.example.org/',
  TWILIO_AUTH_TOKEN: 'one, two,',
  KAFKA_BROKERS: 'kafka-0:9092,kafka-1:9092',
};

describe('the configuration', () => {
  it('takes several tokens, and leaves empty ones out', () => {
    const config = loadConfig(IngressConfig, complete);
    expect(tokensOf(config.TWILIO_AUTH_TOKEN)).toEqual(['one', 'two']);
  });

  it('names all that is missing at once', () => {
    expect(() => loadConfig(IngressConfig, {})).toThrow(
      /PUBLIC_URL is not set[\s\S]*TWILIO_AUTH_TOKEN is not set|TWILIO_AUTH_TOKEN is not set[\s\S]*PUBLIC_URL is not set/,
    );
  });

  it.each([
    ['https://sms.example.org', 'https://sms.example.org/webhooks/twilio#rc=5&rp=all'],
    ['https://example.org/sms/', 'https://example.org/sms/webhooks/twilio#rc=5&rp=all'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/webhooks/twilio#rc=5&rp=all'],
  ])('makes the webhook URL from %s', (publicUrl, url) => {
    expect(webhookUrl(new URL(publicUrl))).toContain(url);
  });
});
