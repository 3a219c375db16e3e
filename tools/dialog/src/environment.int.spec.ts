import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { markedEnvironments, unmarkTopics } from '@stopcovid/kafka';
import { testDatabase } from '@stopcovid/mongo';
import { exitCodes } from './exit';
import { buildProgram } from './program';
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

describe('the topics of two environments on one Kafka', () => {
  const kafka = kafkaForSpecs();
  const markPrefix = `mark-${randomUUID()}.`;
  const marked = () => markedEnvironments(kafka, markPrefix);
  afterAll(async () => unmarkTopics(kafka, await marked(), markPrefix));

  /** The command line of an environment with a database of its own, as far as the first mistake. */
  const commandLineOf = (name: string, url = testDatabase().url) => {
    const said: string[] = [];
    const say = (line: string): void => void said.push(line);
    const environment = {
      MONGODB_URL: url,
      KAFKA_BROKERS: kafka.brokers.join(','),
      DIALOG_ENVIRONMENT: name,
    };
    const terminal = { out: say, err: say, input: Readable.from([]), interactive: false };
    const dialog = async (...args: string[]): Promise<string> => {
      const surroundings = { terminal, ending: { code: exitCodes.ok }, environment, markPrefix };
      const program = await buildProgram(args, surroundings);
      await program.parseAsync([...args], { from: 'user' });
      return said.splice(0).join('\n');
    };
    return { dialog, url };
  };

  it('belong to who made them; the other is refused at its first step, and gets them only on purpose', async () => {
    const production = commandLineOf('production');
    const early = commandLineOf('qa');
    await production.dialog('environment', 'set', 'production');
    await early.dialog('environment', 'set', 'qa');
    await expect(marked()).resolves.toEqual([]);
    await production.dialog('topics', 'create', '--partitions', '3');
    await expect(marked()).resolves.toEqual(['production']);
    await production.dialog('topics', 'create', '--partitions', '3');
    await production.dialog('environment', 'set', 'production');

    const staging = commandLineOf('staging');
    await expect(staging.dialog('environment', 'set', 'staging')).rejects.toThrow(
      /belong to the environment production: another environment needs a Kafka of its own/,
    );
    for (const subcommand of ['create', 'check'])
      await expect(early.dialog('topics', subcommand)).rejects.toThrow(/and the database to qa/);
    await expect(marked()).resolves.toEqual(['production']);

    const renamed = commandLineOf('live', production.url);
    await expect(
      renamed.dialog('environment', 'set', 'live', '--instead-of', 'production'),
    ).resolves.toContain('start every service anew with DIALOG_ENVIRONMENT=live');
    await expect(marked()).resolves.toEqual(['live']);
    await renamed.dialog('topics', 'check');
    await staging.dialog('environment', 'set', 'staging', '--instead-of', 'live');
    await expect(marked()).resolves.toEqual(['staging']);
  });
});
