import { testDatabase } from '@stopcovid/mongo';
import { kafkaForSpecs } from './servers.testkit';
import { run } from './terminal.testkit';

jest.setTimeout(60_000);

describe('the name of an environment', () => {
  const setting = () => ({
    MONGODB_URL: testDatabase().url,
    KAFKA_BROKERS: kafkaForSpecs().brokers.join(','),
  });
  const dialog = (environment: NodeJS.ProcessEnv, ...args: string[]) => run(args, [], environment);

  it('is asked for before anything is changed, and only missed where nothing is', async () => {
    const here = setting();
    const refused = await dialog(here, 'codes', 'add', 'KITCHEN');
    expect(refused).toMatchObject({ exit: 2 });
    expect(refused.err.join('\n')).toContain('dialog environment set NAME');
    const looked = await dialog(here, 'codes', 'list');
    expect(looked).toMatchObject({ exit: 0 });
    expect(looked.err.join('\n')).toContain('warning: this database does not say');
    await expect(dialog(here, 'environment', 'show')).resolves.toMatchObject({ exit: 1 });
  });

  it('guards the database and its Kafka once it is set', async () => {
    const here = setting();
    const set = await dialog(here, 'environment', 'set', 'staging');
    expect(set).toMatchObject({ exit: 0, out: [expect.stringContaining('with the Kafka cluster')] });
    const unnamed = await dialog(here, 'codes', 'add', 'KITCHEN');
    expect(unnamed).toMatchObject({ exit: 2 });
    expect(unnamed.err.join('\n')).toContain('--environment staging');
    const wrong = await dialog(here, 'codes', 'list', '--environment', 'production');
    expect(wrong).toMatchObject({ exit: 2, out: [] });
    await expect(dialog(here, 'codes', 'add', 'KITCHEN', '--environment', 'staging')).resolves.toMatchObject({
      exit: 0,
    });
    const shown = await dialog(here, 'codes', 'list');
    expect(shown.err[0]).toMatch(/^environment staging: /);
  });

  it('is changed only by who knows the one before', async () => {
    const here = setting();
    await dialog(here, 'environment', 'set', 'staging');
    await expect(dialog(here, 'environment', 'set', 'production')).resolves.toMatchObject({ exit: 2 });
    await expect(dialog(here, 'environment', 'set', 'qa', '--instead-of', 'staging')).resolves.toMatchObject({
      exit: 0,
    });
    const shown = await dialog(here, 'environment', 'show', '--json');
    expect(JSON.parse(shown.out.join(''))).toMatchObject({ name: 'qa', kafkaClusterId: expect.any(String) });
  });

  it('cannot be told of a Kafka without its database', async () => {
    const { KAFKA_BROKERS } = setting();
    const named = await dialog({ KAFKA_BROKERS }, 'dead-letters', 'list', '--environment', 'staging');
    expect(named).toMatchObject({ exit: 2, err: [expect.stringContaining('give --mongodb')] });
    const looked = await dialog({ KAFKA_BROKERS }, 'dead-letters', 'list', '--phone', '+12025550199');
    expect(looked.err[0]).toContain('environment not known');
  });

  it('never shows a password', async () => {
    const here = setting();
    const answer = await dialog(
      {
        ...here,
        KAFKA_SASL_MECHANISM: 'plain',
        KAFKA_SASL_USERNAME: 'ann',
        KAFKA_SASL_PASSWORD: 's3cret',
      },
      'dead-letters',
      'list',
      '--brokers',
      '127.0.0.1:1',
    );
    expect(answer.err.join('\n')).not.toContain('s3cret');
    expect(answer.exit).toBe(3);
  });
});
