import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@stopcovid/runtime';
import { createConnection, type Connection, type mongo } from 'mongoose';
import { startJvm, type Jvm } from './jvm';
import { mongoServer } from './mongo-server';
import { fetchJars } from './native';

/*
 * node tools/real-parts/dist/main.js [DOCUMENTS]
 * Asks the MongoDB-protocol server what the services ask it most, with its indexes and without, side by side.
 */

type Message = { _id: string; phone: string; sid: string; status: string; at: Date };
type Messages = mongo.Collection<Message>;
type Side = { readonly server: Jvm; readonly connection: Connection; readonly messages: Messages };

const documents = Number(process.argv[2] ?? 130_000);
const rounds = 5;
const phoneOf = (n: number): string => `+1202${2_000_000 + (n % Math.ceil(documents / 30))}`;
const messageOf = (n: number): Message => ({
  _id: `m${n}`,
  phone: phoneOf(n),
  sid: `SM${n}`,
  status: n % 500 === 0 ? 'undelivered' : 'delivered',
  at: new Date(1_700_000_000_000 + n * 1_000),
});

const questions: Readonly<Record<string, (messages: Messages, n: number) => Promise<unknown>>> = {
  'records by 20 of the carrier’s ids, of one state': (messages, n) =>
    messages
      .find({
        sid: { $in: Array.from({ length: 20 }, (_, i) => `SM${n + i}`) },
        status: { $in: ['delivered', 'undelivered'] },
      })
      .toArray(),
  'a page of one phone’s texts, newest first': (messages, n) =>
    messages
      .find({ phone: phoneOf(n) })
      .sort({ at: -1, _id: -1 })
      .limit(20)
      .toArray(),
  'the oldest 50 of one state until now': (messages) =>
    messages
      .find({ status: 'delivered', at: { $lte: new Date() } })
      .sort({ at: 1 })
      .limit(50)
      .toArray(),
  'how many of one state': (messages) => messages.countDocuments({ status: 'undelivered' }),
};

const start = async (work: string, indexes: 'on' | 'off'): Promise<Side> => {
  const jars = await fetchJars(join(__dirname, '../../../.cache/real-parts'), (line) => console.log(line));
  const port = await freePort();
  const logFile = join(work, `mongo-${indexes}.log`);
  const server = await startJvm(await mongoServer({ jars, port, heapMb: 1_024, logFile, indexes }));
  const connection = await createConnection(`mongodb://127.0.0.1:${port}/lookups`).asPromise();
  const messages = connection.collection<Message>('messages');
  await messages.createIndex({ sid: 1 }, { unique: true });
  await messages.createIndex({ phone: 1, at: -1, _id: -1 });
  await messages.createIndex({ status: 1, at: -1, _id: -1 });
  return { server, connection, messages };
};

const fill = async ({ messages }: Side): Promise<void> => {
  for (let from = 0; from < documents; from += 5_000) {
    const count = Math.min(5_000, documents - from);
    await messages.insertMany(Array.from({ length: count }, (_, at) => messageOf(from + at)));
  }
};

const timed = async (ask: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await ask();
  return performance.now() - began;
};

/** The median in ms; the first time does not count. */
const median = async ({ messages }: Side, ask: (it: Messages, n: number) => Promise<unknown>) => {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1)
    times.push(await timed(() => ask(messages, (round * 7_919) % documents)));
  const [, ...counted] = times;
  return counted.sort((one, other) => one - other)[Math.floor(rounds / 2)]?.toFixed(1);
};

const main = async (): Promise<void> => {
  const work = await mkdtemp(join(tmpdir(), 'stopcovid-lookups-'));
  const sides = [await start(work, 'on'), await start(work, 'off')];
  try {
    for (const side of sides) await fill(side);
    console.log(`medians of ${rounds}, in ms, at ${documents} documents: with indexes, without`);
    for (const [name, ask] of Object.entries(questions)) {
      const found: unknown[] = [];
      for (const side of sides) found.push(await median(side, ask));
      console.log(`${name}: ${found.join(', ')}`);
    }
  } finally {
    for (const { connection, server } of sides) {
      await connection.close();
      await server.stop();
    }
    await rm(work, { recursive: true, force: true });
  }
};

void main();
