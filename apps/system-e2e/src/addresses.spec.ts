import { describeConfig, loadConfig, type ConfigClass } from '@stopcovid/runtime';
import { configClasses } from './config-classes.testkit';

const looksLikeAddress = /(_URL|BROKERS|LINKS)$/;

const addresses = configClasses.flatMap(({ type }) =>
  describeConfig(type)
    .filter(
      ({ name, type: kind, example }) =>
        kind === 'url' || looksLikeAddress.test(name) || example.includes('://'),
    )
    .map((setting) => [`${setting.name} of ${type.name}`, type, setting] as const),
);

/** What the class says of this setting alone. */
const problemWith = (type: ConfigClass, name: string, value: string): string | undefined => {
  try {
    loadConfig(type, { [name]: value });
  } catch (error) {
    const { problems } = error as { problems: readonly string[] };
    return problems.find((problem) => problem.startsWith(`${name} is`) || problem.startsWith(`${name} must`));
  }
  return undefined;
};

describe('a setting that is an address', () => {
  it.each([
    'PUBLIC_URL of IngressConfig',
    'MONGODB_URL of DialogEngineConfig',
    'KAFKA_BROKERS of KafkaServiceConfig',
    'WEBHOOK_URL of CarrierEmulatorConfig',
  ])('is found: %s', (name) => {
    expect(addresses.map(([found]) => found)).toContain(name);
  });

  it.each(addresses)('is refused where it is none, and says what it should be: %s', (_, type, { name }) => {
    for (const bad of [
      'localhost:three',
      'example.org',
      '/path',
      'ftp://example.org/a',
      'javascript:alert(1)',
      'http:',
      'http://',
      'mongodb://',
      'a b',
    ])
      expect([bad, problemWith(type, name, bad)]).toEqual([bad, expect.stringMatching(/must (be|begin)/)]);
  });

  it('is refused without its scheme, as localhost:3000 is', () => {
    for (const [, type, { name, type: kind }] of addresses)
      if (kind === 'url')
        expect(problemWith(type, name, 'localhost:3000')).toContain('begins with http:// or https://');
  });
});
