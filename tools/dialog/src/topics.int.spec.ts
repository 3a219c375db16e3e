import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { mongoCheckpointStore } from '@stopcovid/dialog-engine';
import {
  done,
  KafkaBatchStrategy,
  kafkaPublisher,
  topicOffsets,
  type KafkaConnection,
  type LogRecord,
} from '@stopcovid/kafka';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { until } from '@stopcovid/runtime';
import { acceptReset } from './accept-reset';
import { commandLine, kafkaForSpecs, topicForSpecs } from './servers.testkit';
import { exitCodeOf, exitCodes } from './exit';
import { checkTopics, makeTopics } from './topics';

jest.setTimeout(90_000);

const days = 24 * 60 * 60 * 1_000;

const terminalFor = (answers: readonly string[] = []) => {
  const out: string[] = [];
  const err: string[] = [];
  return {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    input: Readable.from(answers.map((line) => `${line}\n`)),
    interactive: answers.length > 0,
    said: { out, err },
  };
};

const fill = async (kafka: KafkaConnection, topic: string, count: number): Promise<void> => {
  const publisher = kafkaPublisher(kafka);
  const records = Array.from({ length: count }, (_, n) => ({ key: `+1202555${1_000 + n}`, value: 'x' }));
  await publisher.publish(topic, records);
  await publisher.close();
};

const readerOf = async (kafka: KafkaConnection, topic: string, group: string) => {
  const seen: LogRecord[] = [];
  const strategy = new KafkaBatchStrategy({ kafka, group, maxWaitMs: 50 });
  const handle = async (records: readonly LogRecord[]) => {
    seen.push(...records);
    return records.map(() => done);
  };
  strategy.addHandler(topic, handle, true);
  await new Promise<void>((resolve) => strategy.listen(() => resolve()));
  return { strategy, seen };
};

describe('the topics of an environment', () => {
  const kafka = kafkaForSpecs();
  const topicsOf = (topic: string) => (partitions: number | undefined) => [
    { topic, partitions: partitions ?? 3, retentionMs: 7 * days, maxMessageBytes: 2_000_000 },
  ];
  const make = async (topic: string, changes: object = {}, answers: readonly string[] = []) => {
    const terminal = terminalFor(answers);
    const options = { plans: topicsOf(topic), json: false, apply: true, yes: false, ...changes };
    const exit = await makeTopics(kafka, options, terminal);
    return { exit, ...terminal.said };
  };

  it('are made once and then found to be right', async () => {
    const topic = `cli-${randomUUID()}`;
    const made = await make(topic, { replication: 1 });
    expect(made).toMatchObject({ exit: 0, err: [`${topic}: created`] });
    expect(made.out[1]).toMatch(/ 3 +1 +7 d +delete +ok$/);
    await expect(make(topic)).resolves.toMatchObject({ exit: 0, err: [] });
    const terminal = terminalFor();
    const checked = await checkTopics(
      kafka,
      { plans: topicsOf(topic), json: true, replication: 3 },
      terminal,
    );
    expect(checked).toBe(1);
    expect(JSON.parse(terminal.said.out.join(''))).toMatchObject({
      found: { topic, partitions: 3 },
      differences: [expect.stringContaining('has 1 replicas, not 3')],
    });
  });

  it('are refused with the reason of the brokers; where more brokers may yet come, as one that is away', async () => {
    const refused: unknown = await make(`cli-${randomUUID()}`, { replication: 99 }).catch(
      (error: unknown) => error,
    );
    expect(String(refused)).toMatch(/refuse.*replication/i);
    await expect(exitCodeOf(refused)).resolves.toBe(exitCodes.unavailable);
  });

  it('get their settings back, and never fewer partitions', async () => {
    const topic = await topicForSpecs(kafka, 4);
    await expect(make(topic, { apply: false, partitions: 4 })).resolves.toMatchObject({ exit: 1 });
    await expect(make(topic, { partitions: 4 })).resolves.toMatchObject({
      exit: 0,
      err: [`${topic}: settings changed`],
    });
    const fewer = await make(topic, { partitions: 2 });
    expect(fewer.exit).toBe(1);
    expect(fewer.out.join('\n')).toContain('has 4 partitions, more than 2: Kafka never removes any');
    await expect(topicOffsets(kafka, topic)).resolves.toHaveLength(4);
  });

  it('get more partitions only when everything in them has been read, and after a yes', async () => {
    const topic = `cli-${randomUUID()}`;
    await make(topic);
    await fill(kafka, topic, 30);
    const blind = await make(topic, { partitions: 5, yes: true });
    expect(blind.exit).toBe(1);
    expect(blind.err.join('\n')).toContain('nobody can tell whether it is drained');
    const group = `group-${topic}`;
    const { strategy, seen } = await readerOf(kafka, topic, group);
    await until(async () => (seen.length === 30 ? true : undefined));
    await strategy.close();
    await fill(kafka, topic, 1);
    const behind = await make(topic, { partitions: 5, yes: true });
    expect(behind.err.join('\n')).toContain(`${group} has 1 records of ${topic} still to read`);
    const again = await readerOf(kafka, topic, group);
    await until(async () => (again.seen.length === 1 ? true : undefined));
    await again.strategy.close();
    await expect(make(topic, { partitions: 5 })).rejects.toThrow('nobody to ask');
    await expect(make(topic, { partitions: 5 }, ['no'])).resolves.toMatchObject({ exit: 1 });
    await expect(make(topic, { partitions: 5 }, ['yes'])).resolves.toMatchObject({ exit: 0 });
    await expect(topicOffsets(kafka, topic)).resolves.toHaveLength(5);
  });

  it('of this installation can be looked at by hand, and wrong numbers are refused', async () => {
    const cli = await commandLine(kafka);
    const checked = await cli.dialog('topics', 'check', '--json');
    expect(checked.err[0]).toMatch(/^environment spec/);
    expect(checked.out).toHaveLength(6);
    const wrong = await cli.dialog('topics', 'check', '--partitions', 'many');
    expect(wrong).toMatchObject({ exit: 2 });
    expect(wrong.err.join('\n')).toContain('It takes a whole number from 1 on.');
    const elsewhere = await cli.withEnvironment({ DIALOG_ENVIRONMENT: 'production' }, 'topics', 'create');
    expect(elsewhere).toMatchObject({ exit: 2 });
  });
});

describe('a topic that was made anew', () => {
  const kafka = kafkaForSpecs();

  it('is read again from its beginning once that is accepted, by an engine that runs', async () => {
    const mongo = await connectMongo(testDatabase());
    const checkpoints = mongoCheckpointStore(mongo);
    const topic = await topicForSpecs(kafka, 1);
    await checkpoints.advance([{ topic, partition: 0, offset: '500' }]);
    await fill(kafka, topic, 3);
    const seen: LogRecord[] = [];
    const strategy = new KafkaBatchStrategy({
      kafka,
      group: `group-${topic}`,
      maxWaitMs: 50,
      fromCheckpoint: (name, partition) => checkpoints.read(name, partition),
    });
    const handle = async (records: readonly LogRecord[]) => {
      seen.push(...records);
      return records.map(() => done);
    };
    strategy.addHandler(topic, handle, true);
    await new Promise<void>((resolve) => strategy.listen(() => resolve()));
    const accept = async (answers: readonly string[], changes: object = {}) => {
      const terminal = terminalFor(answers);
      const options = { topic, yes: false, anyway: false, json: false, ...changes };
      const exit = await acceptReset({ kafka, checkpoints, terminal }, options);
      return { exit, ...terminal.said };
    };
    const no = await accept(['no']);
    expect(no.exit).toBe(1);
    expect(no.out.join('\n')).toContain('was made anew');
    await expect(checkpoints.read(topic, 0)).resolves.toBe('500');
    expect(seen).toEqual([]);
    await expect(accept([], { yes: true })).resolves.toMatchObject({ exit: 0 });
    await until(async () => (seen.length === 3 ? true : undefined));
    const nothing = await accept([], { yes: true });
    expect(nothing.err.join('\n')).toContain('nothing to accept');
    await strategy.close();
    await mongo.dropDatabase();
    await mongo.close();
  });

  it('has to exist', async () => {
    const cli = await commandLine(kafka);
    const answer = await cli.dialog('topics', 'accept-reset', 'nowhere', '--yes');
    expect(answer).toMatchObject({ exit: 2 });
    expect(answer.err.join('\n')).toContain('there is no topic nowhere');
  });
});
