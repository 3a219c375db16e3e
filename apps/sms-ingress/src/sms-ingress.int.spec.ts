import { randomUUID } from 'node:crypto';
import { decodeCommand, topics, topicSettings, type DialogCommand } from '@stopcovid/contracts';
import {
  createTopics,
  done,
  KafkaBatchStrategy,
  kafkaPublisher,
  type KafkaConnection,
  type LogRecord,
} from '@stopcovid/kafka';
import { inbound, post, signed, startIngress } from './ingress.testkit';

const connection = (): KafkaConnection => {
  const brokers = process.env['KAFKA_BROKERS'];
  if (!brokers) throw new Error('this spec needs KAFKA_BROKERS, for example 127.0.0.1:9092');
  return { brokers: brokers.split(','), clientId: 'sms-ingress-spec' };
};

/** Reads the commands' topic from its beginning; `found` resolves with the one of that id. */
const commandsOf = (kafka: KafkaConnection) => {
  const seen = new Map<string, DialogCommand>();
  const waiting = new Map<string, (command: DialogCommand) => void>();
  const strategy = new KafkaBatchStrategy({ kafka, group: `spec-${randomUUID()}` });
  const handle = (records: readonly LogRecord[]) => {
    for (const { value } of records) {
      const read = decodeCommand(value ?? '');
      if (!read.ok) continue;
      seen.set(read.value.commandId, read.value);
      waiting.get(read.value.commandId)?.(read.value);
    }
    return Promise.resolve(records.map(() => done));
  };
  strategy.addHandler(topics.dialogCommands, handle, true);
  strategy.listen(() => undefined);
  const found = (id: string) =>
    new Promise<DialogCommand>((resolve) => {
      const known = seen.get(id);
      if (known) resolve(known);
      else waiting.set(id, resolve);
    });
  return { found, close: () => strategy.close() };
};

describe('sms-ingress on Kafka', () => {
  it('answers 200 when the command is in the topic, and the text is there as typed', async () => {
    const kafka = connection();
    await createTopics(kafka, topicSettings(2));
    const app = await startIngress(kafkaPublisher(kafka), { PRODUCE_TIMEOUT_MS: 10_000 });
    const commands = commandsOf(kafka);
    const sid = `SM${randomUUID().replaceAll('-', '')}`;
    const text = ' 20 \u0000 🎉 مرحبا ';
    expect((await post(app.url, signed(inbound({ MessageSid: sid, Body: text })))).status).toBe(200);
    expect(await commands.found(sid)).toMatchObject({ type: 'ReceiveSms', commandId: sid, text });
    await commands.close();
    await app.close();
  });

  it('answers 503 while no broker can be reached', async () => {
    const nowhere = { brokers: ['127.0.0.1:1'], clientId: 'sms-ingress-spec' };
    const app = await startIngress(kafkaPublisher(nowhere), { PRODUCE_TIMEOUT_MS: 200 });
    expect((await post(app.url, signed(inbound()))).status).toBe(503);
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(503);
    await app.close();
  });
});
