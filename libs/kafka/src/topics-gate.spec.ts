import { whyNotOurs } from './topics-gate';

const asked = (owners: readonly string[], environment = 'staging') => ({
  connection: { brokers: ['kafka-0:9092', 'kafka-1:9092'] },
  owners,
  environment,
});

describe('topics that say whose they are', () => {
  it.each([
    ['nobody', []],
    ['us', ['staging']],
  ])('let us in while they belong to %s', (_whose, owners) => {
    expect(whyNotOurs(asked(owners))).toBeUndefined();
  });

  it('keep out another environment, and name the values and the remedies', () => {
    expect(whyNotOurs(asked(['production']))).toBe(
      'the topics of kafka-0:9092,kafka-1:9092 belong to the environment production, and DIALOG_ENVIRONMENT says ' +
        'staging: another environment needs a Kafka of its own, set KAFKA_BROKERS (kafka.brokers) or ' +
        'DIALOG_ENVIRONMENT right; dialog environment set with --instead-of hands the topics over',
    );
  });

  it('keep out everybody while two say that they are theirs', () => {
    const owners = ['production', 'staging'];
    for (const ours of owners)
      expect(whyNotOurs(asked(owners, ours))).toContain('the environments production and staging');
  });
});
