import { randomUUID } from 'node:crypto';
import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { Transform } from 'node:stream';
import { createRuntime, freePort, loadConfig, until } from '@stopcovid/runtime';
import { KafkaServiceConfig } from './kafka-config';
import { kafkaTransport } from './kafka-transport';
import { kafkaServicePublisher } from './gated-publisher';
import { kafkaUnderTest, type KafkaUnderTest } from './kafka.testkit';
import { markedEnvironments, unmarkTopics } from './topics-mark';

jest.setTimeout(60_000);

/** As long as the broker's own, so that it fits into what the broker says; nothing listens there. */
const elsewhere = '127.0.0.9';

/** Passes on what a broker says, but for the address that it names as its own. */
const lying = (own: string): Transform =>
  new Transform({
    transform: (chunk: Buffer, _encoding, done) =>
      done(null, Buffer.from(chunk.toString('latin1').replaceAll(own, elsewhere), 'latin1')),
  });

const listening = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`));
  });

/** A door to a broker whose advertised listener is not meant for us. */
const brokerWithoutOurListener = async (broker: string) => {
  const [host = '', port] = broker.split(':');
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((client) => {
    const behind = connect(Number(port), host);
    for (const socket of [client, behind]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.pipe(behind).pipe(lying(host)).pipe(client);
  });
  const address = await listening(server);
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { address, close };
};

describe('a service that cannot use its Kafka yet', () => {
  let kafka: KafkaUnderTest;
  let prefix: string;
  beforeEach(async () => {
    kafka = await kafkaUnderTest(1);
    prefix = `mark-${randomUUID()}.`;
  });
  afterEach(async () => {
    const marked = await markedEnvironments(kafka.connection, prefix);
    if (marked.length > 0) await unmarkTopics(kafka.connection, marked, prefix);
    await kafka.stop();
  });

  const entrantAt = (brokers: string, environment?: string) => {
    const config = loadConfig(KafkaServiceConfig, {
      KAFKA_BROKERS: brokers,
      ...(environment !== undefined && { DIALOG_ENVIRONMENT: environment }),
    });
    const lines: unknown[] = [];
    const write = (line: string): void => void lines.push((JSON.parse(line) as { reason?: string }).reason);
    const runtime = createRuntime('spec', config, { write });
    runtime.health.started();
    const told = async (check: string): Promise<string | undefined> =>
      (await runtime.health.ready()).checks[check]?.detail;
    return { config, runtime, markPrefix: prefix, lines, told };
  };
  type Entrant = ReturnType<typeof entrantAt>;

  const reader = (entrant: Entrant, topic = kafka.topic) => {
    const { strategy } = kafkaTransport({ ...entrant, group: kafka.options.group });
    strategy.addHandler(topic, () => Promise.resolve([]), true);
    strategy.listen(() => undefined);
    return { check: `kafka:${kafka.options.group}`, close: () => strategy.close() };
  };
  const untilTold = ({ told, lines }: Entrant, check: string, words: RegExp) =>
    until(
      async () => {
        const said = await told(check);
        return said !== undefined && words.test(said) && lines.includes(said);
      },
      { what: `door and log say ${String(words)}`, limitMs: 30_000 },
    );

  const unreachable = async () => `127.0.0.1:${await freePort()}`;

  it('says at the door what its log says while no broker answers', async () => {
    const entrant = entrantAt(await unreachable());
    const { check, close } = reader(entrant);
    await untilTold(entrant, check, /^no broker answers at 127.+\(KAFKA_BROKERS\).+set KAFKA_BROKERS/);
    await close();
  });

  it('says so also where it only publishes', async () => {
    const entrant = entrantAt(await unreachable(), 'staging');
    const publisher = kafkaServicePublisher(entrant);
    await untilTold(entrant, 'kafka', /^no broker answers at 127.+\(KAFKA_BROKERS\)/);
    await publisher.close();
  });

  it('names the address that the brokers name, where that is none for us', async () => {
    const door = await brokerWithoutOurListener(kafka.connection.brokers[0] ?? '');
    const entrant = entrantAt(door.address);
    const { check, close } = reader(entrant);
    await untilTold(
      entrant,
      check,
      /names 127\.0\.0\.9:\d+, which cannot be reached .+advertised\.listeners/,
    );
    await close();
    door.close();
  });

  it('names the topics while one is missing', async () => {
    const entrant = entrantAt(kafka.connection.brokers.join());
    const missing = `missing-${randomUUID()}`;
    const { check, close } = reader(entrant, missing);
    await untilTold(entrant, check, new RegExp(`lacks a topic of ${missing}: dialog topics create`));
    await close();
  });
});
