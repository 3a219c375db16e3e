import { loadConfig } from '@stopcovid/runtime';
import { DialogEngineConfig } from './config';

describe('the configuration', () => {
  it('takes addresses as they are usually given, and hides the password in them', () => {
    const config = loadConfig(DialogEngineConfig, {
      KAFKA_BROKERS: 'kafka-0:9092,kafka-1:9092',
      MONGODB_URL: 'mongodb://ann:s3cret@mongo/stopcovid',
      REGISTRATION_URL: 'https://partner.example.org/codes',
    });
    expect(config.KAFKA_BROKERS).toEqual(['kafka-0:9092', 'kafka-1:9092']);
    expect(config.REGISTRATION_URL?.hostname).toBe('partner.example.org');
    expect(JSON.stringify(config)).not.toContain('s3cret');
  });

  it('names every variable that is missing or wrong at once', () => {
    const wrong = () => loadConfig(DialogEngineConfig, { REGISTRATION_TIMEOUT_MS: 'soon' });
    expect(wrong).toThrow(/KAFKA_BROKERS[\s\S]*MONGODB_URL[\s\S]*REGISTRATION_TIMEOUT_MS/);
  });
});
