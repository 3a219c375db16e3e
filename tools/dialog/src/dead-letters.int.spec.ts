import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  deadLetter,
  deadLetterHeaders,
  done,
  KafkaBatchStrategy,
  kafkaPublisher,
  setTopicConfig,
  type KafkaConnection,
  type LogRecord,
} from '@stopcovid/kafka';
import { until } from '@stopcovid/runtime';
import { runDialog } from './run-dialog';
import { commandLine, kafkaForSpecs, recordsOf, topicForSpecs } from './servers.testkit';

jest.setTimeout(90_000);

const ann = '+12025550143';
const bea = '+12025550144';

describe('dead letters on a real broker', () => {
  let kafka: KafkaConnection;
  let topic: string;
  let cli: Awaited<ReturnType<typeof commandLine>>;
  let strategy: KafkaBatchStrategy;
  let poison: ReadonlySet<string>;
  const seen: LogRecord[] = [];

  const dead = () => recordsOf(kafka, `${topic}.dead`);
  const untilDead = (count: number) =>
    until(async () => {
      const letters = await dead();
      return letters.length >= count ? letters : undefined;
    });
  const publish = async (...records: readonly (readonly [string, string])[]): Promise<void> => {
    const publisher = kafkaPublisher(kafka);
    await publisher.publish(
      topic,
      records.map(([key, value]) => ({ key, value, headers: { trace: value } })),
    );
    await publisher.close();
  };
  const publishOdd = async (): Promise<void> => {
    const publisher = kafkaPublisher(kafka);
    const bytes = Buffer.from([0xff, 0x00, 0x1b]);
    await publisher.publishDeadLetters([
      { topic, key: null, value: bytes, headers: {}, partition: 2 },
      { topic, key: ann, value: null, headers: {} },
    ]);
    await publisher.close();
  };

  beforeEach(async () => {
    kafka = kafkaForSpecs();
    [topic, cli] = await Promise.all([topicForSpecs(kafka, 3), commandLine(kafka)]);
    poison = new Set(['bad', 'worse', 'null', Buffer.from([0xff, 0x00, 0x1b]).toString()]);
    seen.length = 0;
    strategy = new KafkaBatchStrategy({ kafka, group: `cli-${randomUUID()}`, maxWaitMs: 50 });
    const handle = async (records: readonly LogRecord[]) => {
      seen.push(...records);
      return records.map(({ value }) =>
        poison.has(String(value))
          ? deadLetter(value === null ? 'VALUE_MISSING' : 'POISON', 'cannot be read')
          : done,
      );
    };
    strategy.addHandler(topic, handle, true);
    await new Promise<void>((resolve) => strategy.listen(() => resolve()));
  });
  afterEach(() => strategy.close());

  it('are listed with their story, phones masked, and counted by code', async () => {
    await publish([ann, 'bad'], [bea, 'good'], [bea, 'worse']);
    await untilDead(2);
    const listed = await cli.dialog('dead-letters', 'list', '--topic', topic);
    expect(listed.exit).toBe(0);
    expect(listed.err[0]).toMatch(/^environment spec: /);
    expect(listed.err.at(-1)).toBe('2 dead letters: 2 POISON');
    expect(listed.out).toHaveLength(3);
    expect(listed.out.join()).toContain('cannot be read');
    expect(listed.out.join()).not.toContain(ann);
    const one = await cli.dialog(
      'dead-letters',
      'list',
      '--topic',
      topic,
      '--phone',
      bea,
      '--full',
      '--json',
    );
    expect(one.out.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { key: bea, code: 'POISON', attempts: 1, origin: { topic }, redriven: false },
    ]);
  });

  it('come back with their attempt counted when they are poison again, and are not redriven twice', async () => {
    await publish([ann, 'bad']);
    await untilDead(1);
    const first = await cli.dialog('dead-letters', 'redrive', '--topic', topic, '--yes');
    expect(first).toMatchObject({ exit: 0 });
    const letters = await untilDead(2);
    expect(
      letters.map(({ headers, value, key }) => [headers[deadLetterHeaders.attempts], String(value), key]),
    ).toEqual([
      ['1', 'bad', ann],
      ['2', 'bad', ann],
    ]);
    expect(letters[1]?.headers['trace']).toBe('bad');
    poison = new Set();
    const second = await cli.dialog('dead-letters', 'redrive', '--topic', `${topic}.dead`, '--yes');
    expect(second.err.join('\n')).toContain('1 more went back before and stay');
    await until(async () => (seen.length === 3 ? true : undefined));
    const third = await cli.dialog('dead-letters', 'redrive', '--topic', topic, '--yes');
    expect(third.err.join('\n')).toContain('0 dead letters');
    const again = await cli.dialog('dead-letters', 'redrive', '--topic', topic, '--yes', '--include-done');
    expect(again.err.at(-1)).toBe(`2 went back to ${topic}`);
    await until(async () => (seen.length === 5 ? true : undefined));
    expect(await dead()).toHaveLength(2);
  });

  it('go back to their partitions also without a key, a value, or as strange bytes', async () => {
    await publishOdd();
    await untilDead(2);
    poison = new Set();
    await expect(cli.dialog('dead-letters', 'redrive', '--topic', topic, '--yes')).resolves.toMatchObject({
      exit: 0,
    });
    const records = await until(async () => {
      const all = await recordsOf(kafka, topic);
      return all.length === 4 ? all : undefined;
    });
    const odd = records.filter(({ key }) => key === null);
    expect(odd.map(({ partition, value }) => [partition, value?.toString('hex')])).toEqual([
      [2, 'ff001b'],
      [2, 'ff001b'],
    ]);
    expect(records.filter(({ key }) => key === ann).map(({ value }) => value)).toEqual([null, null]);
  });

  it('that have grown too large for their topic stay, and hold up no other', async () => {
    await setTopicConfig(kafka, topic, [{ name: 'max.message.bytes', value: '1800' }]);
    const large = 'x'.repeat(800);
    poison = new Set([...poison, large]);
    await publish([ann, 'bad']);
    await publish([ann, large]);
    await publish([ann, 'worse']);
    await untilDead(3);
    const redriven = await cli.dialog('dead-letters', 'redrive', '--topic', topic, '--yes');
    expect(redriven).toMatchObject({ exit: 1 });
    expect(redriven.err.join('\n')).toContain('1 is too large for');
    expect(redriven.err.join('\n')).toContain(`2 went back to ${topic}`);
    await untilDead(5);
  });

  it('are left in part when the person interrupts, and the same command finishes it', async () => {
    const phones = Array.from({ length: 30 }, (_, n) => `+120255501${10 + n}`);
    await publish(...phones.map((phone) => [phone, 'bad'] as const));
    await untilDead(30);
    poison = new Set();
    const err: string[] = [];
    const terminal = {
      input: Readable.from([]),
      out: () => undefined,
      err: (line: string) => {
        err.push(line);
        if (line.includes('of 30 letters') && !line.includes('went back')) process.emit('SIGINT');
      },
    };
    const args = ['dead-letters', 'redrive', '--topic', topic, '--yes', '--mongodb', cli.url];
    const environment = { KAFKA_BROKERS: kafka.brokers.join(','), DIALOG_ENVIRONMENT: 'spec' };
    await expect(runDialog(args, terminal, environment)).resolves.toBe(1);
    const said = err.find((line) => line.includes('went back; the others stay'));
    const sent = Number(said?.split(' ')[0]);
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(30);
    const rest = await cli.dialog('dead-letters', 'redrive', '--topic', topic, '--yes');
    expect(rest.err.join('\n')).toContain(`${30 - sent} went back to ${topic}`);
    await until(async () => (seen.length === 60 ? true : undefined));
  });

  it('stay where they are in a dry run, after a no, and when there is nobody to ask', async () => {
    await publish([ann, 'bad']);
    await untilDead(1);
    const dry = await cli.dialog('dead-letters', 'redrive', '--topic', topic, '--dry-run');
    expect(dry).toMatchObject({ exit: 0 });
    expect(dry.err.join('\n')).toContain(
      `1 dead letter: 1 POISON of ${topic}.dead would go back to ${topic}`,
    );
    const no = await cli.asked('n', 'dead-letters', 'redrive', '--topic', topic);
    expect(no).toMatchObject({ exit: 1 });
    expect(no.err.join('\n')).toContain('Nothing was done');
    const nobody = await cli.dialog('dead-letters', 'redrive', '--topic', topic);
    expect(nobody).toMatchObject({ exit: 2 });
    expect(nobody.err.join('\n')).toContain('--yes');
    const other = await cli.withEnvironment(
      { DIALOG_ENVIRONMENT: 'production' },
      'dead-letters',
      'redrive',
      '--topic',
      topic,
      '--yes',
    );
    expect(other).toMatchObject({ exit: 2 });
    expect(other.err.join('\n')).toContain('you named the environment production, and this is spec');
    expect(seen).toHaveLength(1);
    const yes = await cli.asked('yes', 'dead-letters', 'redrive', '--topic', topic);
    expect(yes).toMatchObject({ exit: 0 });
  });

  it('are redriven only as far as they are chosen', async () => {
    await publish([ann, 'bad'], [bea, 'worse']);
    await untilDead(2);
    await cli.dialog(
      'dead-letters',
      'redrive',
      '--topic',
      topic,
      '--phone',
      bea,
      '--code',
      'poison',
      '--yes',
    );
    await untilDead(3);
    expect(seen.filter(({ key }) => key === ann)).toHaveLength(1);
    expect(seen.filter(({ key }) => key === bea)).toHaveLength(2);
  });

  it('are shown one by one, with what is wrong with them', async () => {
    await publish([ann, 'bad']);
    const [letter] = await untilDead(1);
    const at = [String(letter?.partition), String(letter?.offset)];
    const shown = await cli.dialog('dead-letters', 'show', topic, ...at);
    expect(shown).toMatchObject({ exit: 0 });
    expect(shown.out.join('\n')).toContain(`${deadLetterHeaders.code}: POISON`);
    expect(shown.out.join('\n')).toContain('no reader of ours knows this topic');
    const record = await cli.dialog('show-record', `${topic}.dead`, ...at, '--full', '--json');
    expect(JSON.parse(record.out.join(''))).toMatchObject({ key: ann, body: 'bad', readable: false });
  });

  it('beyond the end are not written yet', async () => {
    await publish([ann, 'good']);
    const [record] = await until(async () => {
      const all = await recordsOf(kafka, topic);
      return all.length > 0 ? all : undefined;
    });
    const answer = await cli.dialog('show-record', topic, String(record?.partition), '9000000000000000000');
    expect(answer).toMatchObject({ exit: 2 });
    expect(answer.err.join('\n')).toContain('ends at 0: 9000000000000000000 was not written yet');
  });
});

describe('a command that is typed wrongly', () => {
  let topic: string;
  let cli: Awaited<ReturnType<typeof commandLine>>;
  beforeAll(async () => {
    const kafka = kafkaForSpecs();
    [topic, cli] = await Promise.all([topicForSpecs(kafka, 3), commandLine(kafka)]);
  });

  it.each<[string, readonly string[], number, string]>([
    ['an unknown topic', ['dead-letters', 'list', '--topic', 'nowhere'], 2, 'there is no topic nowhere.dead'],
    [
      'an unknown topic to redrive',
      ['dead-letters', 'redrive', '--topic', 'nowhere', '--yes'],
      2,
      'there is no topic nowhere',
    ],
    ['no topic to redrive', ['dead-letters', 'redrive'], 2, "required option '--topic <topic>'"],
    ['letters for a partition', ['show-record', 'TOPIC', 'x', '0'], 2, 'It takes a partition'],
    ['letters for an offset', ['show-record', 'TOPIC', '0', 'last'], 2, 'It takes an offset'],
    ['a partition too many', ['show-record', 'TOPIC', '3', '0'], 2, 'no partition 3: they are 0 to 2'],
    ['an empty partition', ['show-record', 'TOPIC', '0', '0'], 2, 'holds no records'],
    ['a time in words', ['dead-letters', 'list', '--from', 'yesterday'], 2, 'such as 2026-03-01T17:05Z'],
    ['a phone in words', ['dead-letters', 'list', '--phone', 'ann'], 2, 'E.164'],
    [
      'a broker that is away',
      ['dead-letters', 'list', '--brokers', '127.0.0.1:1'],
      3,
      'Kafka at 127.0.0.1:1 does not answer',
    ],
    ['no address', ['dead-letters', 'list', '--brokers', 'kafka'], 2, 'must be host:port'],
  ])('is answered with what is wrong: %s', async (_what, args, exit, said) => {
    const answer = await cli.dialog(...args.map((arg) => arg.replace('TOPIC', topic)));
    expect(answer).toMatchObject({ exit });
    expect(answer.err.join('\n')).toContain(said);
  });
});
