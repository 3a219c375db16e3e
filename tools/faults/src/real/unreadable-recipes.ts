import type { Phone } from '@stopcovid/contracts';
import { until } from '@stopcovid/runtime';
import { withDatabase, type Connection } from './database';
import { patiently } from './patience';
import { afterCrashMs, wait, workedAgain, type Recipe, type Scene } from './scene';
import { shuffled } from './seeded';
import { keepsUp, promptMs, slowDuring } from './slow-during';
import { spoil, spoilings, stillSpoilt, updateTo, type Fields, type Spoilt } from './spoiling';

/** Collections in which nothing is spoilt, and why. Any other that the services make is tried, or the run says so. */
const excused: Readonly<Record<string, string>> = {
  checkpoints: 'one document per partition: nobody has one',
  sender_checkpoints: 'one document per partition: nobody has one',
  drill_revisions: 'all who take the drill need the one document',
  registration_codes: 'all who register need the one document',
  inbound_sweeps: 'one document for all',
  rebuilds: 'nobody rebuilds in this load',
  schedules: 'nobody has set a schedule in this load',
  schedule_bases: 'one document per partition: nobody has one',
  text_rulings: 'nobody rules about a text in this load',
  budgets: 'no employer has a budget in this load',
  commands: 'no operator acts in this load',
  api_keys: 'no admin gives keys in this load',
  audiences: 'nobody writes to many in this load',
  broadcasts: 'nobody writes to many in this load',
  broadcast_recipients: 'nobody writes to many in this load',
  consent_changes: 'comes only where one of these phones opts out or in, which chance decides',
  phone_events: 'is written and never read, until somebody asks for it',
  waiting_log_records: 'comes only where a status meets a message that cannot be read, which chance decides',
};

type Id = { readonly _id: string };
type Document = Id & Fields & { readonly phone?: unknown };
type Ruined = Id & { readonly collection: string; readonly spoilt: Spoilt };

/** By these a reader finds a document, whatever its index. */
const alwaysKept = ['_id', 'phone', 'partition', 'hold'] as const;

const keptIn = async (connection: Connection, collection: string): Promise<ReadonlySet<string>> => {
  const indexes = await connection.collection(collection).indexes();
  return new Set([...alwaysKept, ...indexes.flatMap(({ key }) => Object.keys(key as object))]);
};

const documentsOf = (connection: Connection, collection: string, phones: readonly Phone[]) =>
  connection
    .collection<Document>(collection)
    .find({ $or: [{ _id: { $in: [...phones] } }, { phone: { $in: [...phones] } }] });

/** What tells a document from what it becomes when it is written: its id, versions, marks and offsets. */
const plainIn = (document: Document): Id =>
  Object.assign(
    { _id: document._id },
    Object.fromEntries(Object.entries(document).filter(([, value]) => /string|number/.test(typeof value))),
  );

const ownerOf = ({ _id, phone }: Document): unknown => phone ?? _id;

/** Spoils documents, collection by collection, of as few phones each as can be, and mends them. */
class Spoiler {
  readonly #ruined: Ruined[] = [];
  readonly #used = new Set<unknown>();

  constructor(
    private readonly connection: Connection,
    private readonly phones: readonly Phone[],
  ) {}

  /** The services' collections of which nothing is spoilt yet. */
  async untouched(): Promise<readonly string[]> {
    const all = await this.connection.listCollections();
    const touched = new Set(this.#ruined.map(({ collection }) => collection));
    return all
      .map(({ name }) => name)
      .filter((name) => !(name in excused) && !touched.has(name) && !name.startsWith('system.'))
      .sort();
  }

  /** Spoils in each of these what one phone has there, if anybody has something. */
  async spoilIn(collections: readonly string[]): Promise<void> {
    for (const collection of collections) {
      const found = await documentsOf(this.connection, collection, this.phones).toArray();
      const owners = [...new Set(found.map(ownerOf))];
      const owner = owners.find((phone) => !this.#used.has(phone)) ?? owners[0];
      this.#used.add(owner);
      const kept = await keptIn(this.connection, collection);
      const how = spoilings[this.#used.size % spoilings.length] ?? 'truncated';
      for (const document of found.filter((each) => ownerOf(each) === owner))
        await this.#ruin(collection, document, (each) => spoil(each, kept, how));
    }
  }

  /** What was written since it was read is read again: mending would take it back. */
  async #ruin(collection: string, read: Document, spoiltBy: (document: Document) => Spoilt): Promise<void> {
    const documents = this.connection.collection<Document>(collection);
    let document: Document | null = read;
    while (document !== null) {
      const { _id }: Id = document;
      const spoilt = spoiltBy(document);
      const values = spoilt.map(({ field, now }) => ({ field, value: now }));
      const { matchedCount } = await documents.updateOne(plainIn(document), updateTo(values));
      if (matchedCount === 1) return void this.#ruined.push({ _id, collection, spoilt });
      document = await documents.findOne({ _id });
    }
  }

  /** Gives back what is still spoilt; answers in which collections something was. */
  async mend(): Promise<readonly string[]> {
    for (const { _id, collection, spoilt } of this.#ruined) {
      const documents = this.connection.collection<Document>(collection);
      const found = await documents.findOne({ _id });
      const left = found === null ? [] : stillSpoilt(found, spoilt);
      if (left.length === 0) continue;
      await documents.updateOne(
        { _id },
        updateTo(left.map(({ field, before }) => ({ field, value: before }))),
      );
    }
    return [...new Set(this.#ruined.map(({ collection }) => collection))];
  }
}

/** Who waits shows in collections of its own, whose documents are spoilt when they come. */
const spoilAll = async (spoiler: Spoiler, roundMs: number): Promise<void> => {
  const rounds = 4;
  for (let round = 0; round < rounds; round += 1) {
    await spoiler.spoilIn(await spoiler.untouched());
    await wait(roundMs);
  }
};

const pool = 14;
/** Readers look again at what they could not read once a minute, when something comes. */
const noticedWithinMs = 90_000;

const ruin = async (scene: Scene, connection: Connection, phones: readonly Phone[]): Promise<void> => {
  const spoiler = new Spoiler(connection, phones);
  const slow = { what: 'documents that cannot be read', boundMs: promptMs, needing: phones };
  await keepsUp(scene);
  await slowDuring(scene, slow, () => spoilAll(spoiler, scene.short ? 1_500 : 12_000));
  const untouched = await spoiler.untouched();
  if (untouched.length > 0) scene.broken.push(`nothing was spoilt in ${untouched.join(', ')}`);
  scene.say(`spoilt and mended: ${(await spoiler.mend()).join(', ')}`);
};

/** Who waits, and what of theirs. Any other collection may come late, too, but what is in it stays. */
const ofThoseWhoWait = /(?:^|_)(?:held|waiting)_/;

/** Until none of these phones has anything in the collections of those who wait. */
const nobodyWaits = ({ system }: Scene, phones: readonly Phone[]): Promise<void> =>
  withDatabase(system, async (connection) => {
    const names = (await connection.listCollections()).map(({ name }) => name);
    for (const collection of names.filter((name) => ofThoseWhoWait.test(name)))
      await until(async () => (await documentsOf(connection, collection, phones).toArray()).length === 0, {
        what: `nobody waits in ${collection} any more`,
        limitMs: patiently(noticedWithinMs),
      });
  });

const unreadableDocuments: Recipe = {
  name: 'unreadable-documents',
  say: 'in each collection what somebody has cannot be read: others go on; then it is mended, and all come to an end',
  short: false,
  run: async (scene) => {
    const phones = shuffled(scene.random, scene.trainees).slice(0, pool);
    await withDatabase(scene.system, (connection) => ruin(scene, connection, phones));
    const { workedAgainMs } = await workedAgain(scene, afterCrashMs(scene));
    return { workedAgainMs, later: () => nobodyWaits(scene, phones) };
  },
};

/** Documents that no service can read. */
export const unreadableRecipes: readonly Recipe[] = [unreadableDocuments];
