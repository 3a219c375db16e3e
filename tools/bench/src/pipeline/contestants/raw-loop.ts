import { Kafka, Partitioners, type EachBatchPayload, type Message } from 'kafkajs';
import { mongo } from 'mongoose';
import { contestantSettings } from './settings';

/* The least that any service on this client and this store must do; no Nest, no rules, nobody's commands decided. */

type Document = { readonly _id: string; readonly version: number; readonly state: object };
type Command = { readonly phone: string; readonly commandId: string };

const settings = contestantSettings();
const kafka = new Kafka({ brokers: [...settings.brokers], clientId: 'raw', logLevel: 1 });
const consumer = kafka.consumer({
  groupId: settings.group,
  allowAutoTopicCreation: false,
  maxBytesPerPartition: 512 * 1_024,
  maxWaitTimeInMs: 500,
});
const producer = kafka.producer({
  allowAutoTopicCreation: false,
  createPartitioner: Partitioners.DefaultPartitioner,
});
const client = new mongo.MongoClient(settings.mongodbUrl, {
  writeConcern: { w: 'majority', journal: true },
  retryWrites: false,
  maxPoolSize: 16,
});
const dialogs = client.db().collection<Document>('dialogs');

const commandIn = (value: Buffer | null): Command => JSON.parse(value?.toString('utf8') ?? '{}') as Command;

const eventsOf = (commands: readonly Command[], documents: ReadonlyMap<string, Document>): Message[] =>
  commands.map(({ phone, commandId }) => {
    const document = documents.get(phone);
    return {
      key: phone,
      value: JSON.stringify({ commandId, phone, version: document?.version, state: document?.state }),
    };
  });

type Messages = EachBatchPayload['batch']['messages'];

/** As many at once as ours takes. */
const sliceSize = 500;

const work = async (messages: Messages): Promise<void> => {
  const commands = messages.map(({ value }) => commandIn(value));
  const phones = [...new Set(commands.map(({ phone }) => phone))];
  const found = await dialogs.find({ _id: { $in: phones } }).toArray();
  const documents = new Map(found.map((document) => [document._id, document]));
  await dialogs.bulkWrite(
    found.map(({ _id, version, state }) => ({
      updateOne: { filter: { _id, version }, update: { $set: { version: version + 1, state } } },
    })),
    { ordered: false },
  );
  await producer.send({ topic: settings.events, messages: eventsOf(commands, documents), acks: -1 });
};

const eachBatch = async ({
  batch,
  commitOffsetsIfNecessary,
  resolveOffset,
}: EachBatchPayload): Promise<void> => {
  const { topic, partition, messages } = batch;
  for (let from = 0; from < messages.length; from += sliceSize) {
    const slice = messages.slice(from, from + sliceSize);
    await work(slice);
    const last = slice.at(-1)?.offset ?? batch.lastOffset();
    const offset = String(BigInt(last) + 1n);
    await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
    resolveOffset(last);
  }
};

const main = async (): Promise<void> => {
  await Promise.all([client.connect(), producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topics: [settings.commands], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: settings.partitionsConcurrently ?? 1,
    eachBatch,
  });
};

const end = async (): Promise<void> => {
  await consumer.disconnect();
  await Promise.all([producer.disconnect(), client.close()]);
  process.exit(0);
};

process.once('SIGTERM', () => void end());
void main();
