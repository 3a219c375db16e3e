import { randomUUID } from 'node:crypto';
import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { Transform } from 'node:stream';
import { freePort, until } from '@stopcovid/runtime';
import { kafkaTransport } from './kafka-transport';
import { kafkaServicePublisher } from './gated-publisher';
import { entrantAt, markedKafkaUnderTest, type MarkedKafkaUnderTest } from './topics-mark.testkit';

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
  let kafka: MarkedKafkaUnderTest;
  beforeEach(async () => {
    kafka = await markedKafkaUnderTest(1);
  });
  afterEach(() => kafka.stop());

  const entrantOf = (brokers: string, environment?: string) =>
    entrantAt(brokers, { ...(environment !== undefined && { environment }), prefix: kafka.prefix });
  type Entrant = ReturnType<typeof entrantOf>;

  const reader = (entrant: Entrant, topic = kafka.topic) => {
    const { strategy } = kafkaTransport({ ...entrant, group: kafka.options.group });
    strategy.addHandler(topic, () => Promise.resolve([]), true);
    strategy.listen(() => undefined);
    return { check: `kafka:${kafka.options.group}`, close: () => strategy.close() };
  };
  const untilTold = ({ runtime, lines }: Entrant, check: string, words: RegExp) =>
    until(
      async () => {
        const said = (await runtime.health.ready()).checks[check]?.detail;
        const reasons = lines.map((line: { readonly reason?: string }) => line.reason);
        return said !== undefined && words.test(said) && reasons.includes(said);
      },
      { what: `door and log say ${String(words)}`, limitMs: 30_000 },
    );

  const unreachable = async () => `127.0.0.1:${await freePort()}`;

  it('says at the door what its log says while no broker answers', async () => {
    const entrant = entrantOf(await unreachable());
    const { check, close } = reader(entrant);
    await untilTold(entrant, check, /^no broker answers at 127.+\(KAFKA_BROKERS\).+set KAFKA_BROKERS/);
    await close();
  });

  it('says so also where it only publishes', async () => {
    const entrant = entrantOf(await unreachable(), 'staging');
    const publisher = kafkaServicePublisher(entrant);
    await untilTold(entrant, 'kafka', /^no broker answers at 127.+\(KAFKA_BROKERS\)/);
    await publisher.close();
  });

  it('names the address that the brokers name, where that is none for us', async () => {
    const door = await brokerWithoutOurListener(kafka.connection.brokers[0] ?? '');
    const entrant = entrantOf(door.address);
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
    const entrant = entrantOf(kafka.connection.brokers.join());
    const missing = `missing-${randomUUID()}`;
    const { check, close } = reader(entrant, missing);
    await untilTold(entrant, check, new RegExp(`lacks a topic of ${missing}: dialog topics create`));
    await close();
  });
});
