import type { Secrets } from './rendered-chart.testkit';

/** The least that the chart installs with, as the deployment guide gives it. */
export const least = {
  environment: 'staging',
  publicUrl: 'https://sms.example.org/train',
  kafka: { brokers: ['kafka-0:9092', 'kafka-1:9092'] },
  mongodb: { existingSecret: 'mongo' },
  twilio: {
    existingSecret: 'twilio',
    accountSid: 'AC0123456789abcdef0123456789abcdef',
    from: '+12025550100',
  },
  apiKeys: { existingSecret: 'keys' },
};

/** What the secrets hold that these values, and those of single specs, name. */
export const secrets: Secrets = {
  'mongo/url': 'mongodb://mongo:27017/stopcovid',
  'twilio/authToken': 'a-token-of-thirty-two-characters',
  'keys/keys': 'service=a-key-of-the-services-own',
  'keys/serviceKey': 'a-key-of-the-services-own',
  'collector/headers': 'authorization=Bearer%20a-long-secret',
  'sasl/username': 'engine',
  'sasl/password': 'a-long-password',
  'hooks/key': 'a-long-random-text-of-32-letters-or-more',
};
