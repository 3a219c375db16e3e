import { loadConfig } from '@stopcovid/runtime';
import { ProgressTrackerConfig } from './config';

const complete = { KAFKA_BROKERS: 'kafka:9092', MONGODB_URL: 'mongodb://mongo/stopcovid' };

describe('the configuration', () => {
  it.each([
    ['nothing', undefined],
    ['a key without a name', 'a-long-enough-key-indeed'],
    ['a short key', 'dashboard=short'],
  ])('does not start with %s for API keys', (_what, keys) => {
    expect(() =>
      loadConfig(ProgressTrackerConfig, { ...complete, ...(keys === undefined ? {} : { API_KEYS: keys }) }),
    ).toThrow(/API_KEYS/);
  });

  it('takes keys as they are or as their hashes, and shows none of them', () => {
    const config = loadConfig(ProgressTrackerConfig, {
      ...complete,
      API_KEYS: `a=${'x'.repeat(16)},b=sha256:${'0'.repeat(64)}`,
    });
    expect(JSON.stringify(config)).not.toContain('xxxx');
  });
});
