import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { deadLetterTopic } from '@stopcovid/contracts';
import type { DialogState } from '@stopcovid/dialog-core';
import { mongo } from 'mongoose';
import { root, type Stage } from '../kit';
import { Bus } from './bus';
import { startContestant, topicsOf, type Contestant, type RunningContestant } from './contestants';
import { documentOf, openingState, revisionIn } from './workload';

/** One contestant's database and consumer group. */
export type Arena = { readonly contestant: Contestant; readonly database: string; readonly group: string };

export type Starting = { readonly env?: Readonly<Record<string, string>>; readonly profiles?: string };

const perInsert = 2_000;

/** Everything that contestants run on: one broker, one database server, the same documents. */
export class World {
  /** Keeps the names of two runs on the same servers apart. */
  readonly run = randomBytes(2).toString('hex');
  readonly bus: Bus;
  readonly #client: mongo.MongoClient;
  readonly #arenas: Arena[] = [];
  readonly #running = new Set<RunningContestant>();

  private constructor(
    readonly stage: Stage,
    private readonly opening: DialogState,
  ) {
    this.bus = new Bus(stage.kafka.brokers);
    this.#client = new mongo.MongoClient(stage.parts.mongodbUrl);
  }

  /** Closed with the stage. */
  static async open(stage: Stage): Promise<World> {
    const world = new World(stage, openingState(await revisionIn(join(root, 'drills'))));
    stage.endWith(() => world.#close());
    await Promise.all([world.bus.connect(), world.#client.connect()]);
    return world;
  }

  /** A database of its own with so many documents, and topics and a group to read them by. */
  async arena(contestant: Contestant, documents: number): Promise<Arena> {
    const name = `bench_${this.run}_${contestant}_${this.#arenas.length}`;
    const { commands, events } = topicsOf(contestant);
    await this.bus.makeTopics([commands, events, deadLetterTopic(commands)]);
    await this.bus.beginAtEnd(name, commands);
    const dialogs = this.#dialogs(name);
    for (let from = 0; from < documents; from += perInsert) {
      const count = Math.min(perInsert, documents - from);
      const some = Array.from({ length: count }, (_, index) => documentOf(from + index, this.opening));
      await dialogs.insertMany(some, { ordered: false });
    }
    const arena = { contestant, database: name, group: name };
    this.#arenas.push(arena);
    return arena;
  }

  start({ contestant, database, group }: Arena, { env, profiles }: Starting = {}): RunningContestant {
    const running = startContestant(contestant, {
      brokers: this.stage.parts.kafkaBrokers,
      mongodbUrl: this.stage.databaseUrl(database),
      group,
      logDirectory: this.stage.logDirectory,
      env,
      profiles,
    });
    this.#running.add(running);
    const stop = async (): Promise<void> => {
      await running.stop();
      this.#running.delete(running);
    };
    return { ...running, stop };
  }

  /** Average bytes of the documents of an arena, as JSON. */
  async documentBytes({ database }: Arena): Promise<number> {
    const some = await this.#dialogs(database).find().limit(100).toArray();
    return some.reduce((sum, document) => sum + JSON.stringify(document).length, 0) / some.length;
  }

  /** Forgets an arena's documents. */
  async drop({ database }: Arena): Promise<void> {
    await this.#client.db(database).dropDatabase();
  }

  /** Stops what runs and deletes what was made. */
  async #close(): Promise<void> {
    await Promise.all([...this.#running].map((running) => running.stop()));
    for (const arena of this.#arenas) await this.drop(arena).catch(() => undefined);
    const used = [...new Set(this.#arenas.map(({ contestant }) => contestant))].flatMap((contestant) => {
      const { commands, events } = topicsOf(contestant);
      return [commands, events, deadLetterTopic(commands)];
    });
    if (used.length > 0) await this.bus.deleteTopics(used).catch(() => undefined);
    await this.bus.deleteGroups(this.#arenas.map(({ group }) => group)).catch(() => undefined);
    await Promise.all([this.bus.close(), this.#client.close()]);
  }

  logFile(contestant: Contestant): string {
    return join(this.stage.logDirectory, `${contestant}.log`);
  }

  #dialogs(database: string) {
    return this.#client.db(database).collection<ReturnType<typeof documentOf>>('dialogs');
  }
}
