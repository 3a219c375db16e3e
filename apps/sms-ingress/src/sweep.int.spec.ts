import { randomUUID } from 'node:crypto';
import {
  commandIdSchema,
  encodeCommand,
  phoneSchema,
  timestampSchema,
  topics,
  topicSettings,
} from '@stopcovid/contracts';
import { createTopics, kafkaPublisher } from '@stopcovid/kafka';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import type { Connection } from 'mongoose';
import { knownCommands } from './known-commands';
import { mongoSweepTurns } from './mongo-sweep-turns';
import { noon } from './sweep.testkit';

const turnMs = 120_000;

describe('turns in MongoDB', () => {
  let connection: Connection;
  const clock = { now: noon };
  beforeEach(async () => {
    clock.now = noon;
    connection = await connectMongo(testDatabase());
  });
  afterEach(async () => {
    await connection.dropDatabase();
    await connection.close();
  });
  const turns = () => mongoSweepTurns(connection, { turnMs, now: () => clock.now });

  it('are had by one replica at a time, also the very first', async () => {
    const taken = await Promise.all([1, 2, 3, 4].map(() => turns().take()));
    expect(taken.filter((turn) => turn !== undefined)).toHaveLength(1);
  });

  it('go to another once they were not kept for long, and the first one notices', async () => {
    const first = await turns().take();
    clock.now += turnMs + 1;
    const second = await turns().take();
    expect(second).toBeDefined();
    expect(await first?.keep()).toBe(false);
    expect(await second?.keep()).toBe(true);
  });

  it('pass on how far it was swept, and not before the next is due', async () => {
    const first = await turns().take();
    expect(first?.sweptTo).toBeUndefined();
    await first?.finish({ sweptTo: noon - 1, nextAt: noon + 1_000 });
    expect(await turns().take()).toBeUndefined();
    clock.now += 1_000;
    expect((await turns().take())?.sweptTo).toBe(noon - 1);
  });

  it('that were left go to whoever asks next, who begins where the last finished sweep ended', async () => {
    const first = await turns().take();
    await first?.finish({ sweptTo: noon - 1, nextAt: noon });
    await (await turns().take())?.leave();
    expect((await turns().take())?.sweptTo).toBe(noon - 1);
  });

  it('that were lost cannot be finished', async () => {
    const first = await turns().take();
    clock.now += turnMs + 1;
    await turns().take();
    await first?.finish({ sweptTo: noon, nextAt: noon });
    clock.now += turnMs + 1;
    expect((await turns().take())?.sweptTo).toBeUndefined();
  });
});

describe('the commands that are there', () => {
  it('are those of the topic since then', async () => {
    const brokers = process.env['KAFKA_BROKERS'];
    if (!brokers) throw new Error('this spec needs KAFKA_BROKERS, for example 127.0.0.1:9092');
    const kafka = { brokers: brokers.split(','), clientId: 'sms-ingress-spec' };
    await createTopics(kafka, topicSettings(2));
    const publisher = kafkaPublisher(kafka);
    const commandId = commandIdSchema.parse(`SM${randomUUID().replaceAll('-', '')}`);
    const phone = phoneSchema.parse('+12025550143');
    const at = timestampSchema.parse('2026-03-01T12:00:00.000Z');
    const command = { type: 'ReceiveSms', schemaVersion: 1, commandId, phone, at, text: 'hi' } as const;
    const before = Date.now() - 60_000;
    await publisher.publish(topics.dialogCommands, [{ key: phone, value: encodeCommand(command) }]);
    await publisher.close();
    const known = knownCommands(kafka);
    const keep = () => Promise.resolve(true);
    const { signal } = new AbortController();
    expect(await known(before, keep, signal)).toContain(commandId);
    expect(await known(Date.now() + 60_000, keep, signal)).not.toContain(commandId);
    expect(await known(before, () => Promise.resolve(false), signal)).toBe('lost');
  });
});
