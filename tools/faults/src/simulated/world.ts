import type { Span } from '@stopcovid/calendar';
import { decodeBatch, decodeCommand, phoneSchema, topics, type Phone } from '@stopcovid/contracts';
import {
  builtInRegistration,
  fixedCatalogue,
  inMemoryDialogStore,
  inMemoryHeldCommands,
  inMemoryRegistrationCodes,
  inMemoryRevisionStore,
} from '@stopcovid/dialog-engine';
import {
  inMemoryCheckpointStore,
  InMemoryLog,
  partitionOf,
  PublishFailed,
  type OutgoingRecord,
  type Publisher,
  type SliceTools,
} from '@stopcovid/kafka';
import { inMemoryWaitingPhones } from '@stopcovid/projections';
import {
  inMemoryPhoneSchedules,
  keptInMemory,
  inMemoryProgressStore,
  offerOf,
  type Offer,
} from '@stopcovid/progress-tracker';
import { inMemoryOutboxStore, messageIds } from '@stopcovid/sms-sender';
import { Carrier } from './carrier';
import { chanceOf, type Chance } from './chance';
import { dailyCourse, livesDays, smallCourse } from './course';
import { Faults } from './faults';
import { LaterRelease, newForm } from './later-release';
import { Node, Scheduler } from './scheduler';
import { Slow } from './slow';
import { Spoiled } from './spoiled';
import { lateOptOut, stopOf, write } from './workload';

const courses = { small: smallCourse(), daily: dailyCourse() };
const startAt = Date.parse('2026-03-01T12:00:00.000Z');
const partitions = 2;

export type WorldOptions = {
  readonly seed: number;
  readonly traced: boolean;
  /** The numbers of the fault decisions that may turn out badly. */
  readonly onlyFaults?: ReadonlySet<number>;
  /** Whether readers of events may begin further on than they should. */
  readonly skips?: boolean;
  /** Whether drills come by themselves; by the seed, unless given. */
  readonly days?: boolean;
};

/** The one world of a run: what outlives every process, and the clock. */
export class World {
  readonly chance: Chance;
  readonly faults: Faults;
  readonly scheduler: Scheduler;
  readonly log: InMemoryLog;
  readonly carrier: Carrier;
  readonly laterRelease = new LaterRelease();
  readonly spoiled = new Spoiled();
  readonly slow = new Slow();
  readonly dialogs = inMemoryDialogStore();
  readonly held = inMemoryHeldCommands();
  readonly checkpoints = inMemoryCheckpointStore();
  readonly revisions = inMemoryRevisionStore();
  readonly progress = inMemoryProgressStore();
  readonly kept = {
    ...keptInMemory(),
    phoneSchedules: inMemoryPhoneSchedules(() => this.scheduler.now),
  };
  readonly waiting = inMemoryWaitingPhones();
  readonly outboxes = inMemoryOutboxStore();
  readonly senderWaiting = inMemoryWaitingPhones();
  /** Whether drills come by themselves, one a day. */
  readonly livesDays: boolean;
  /** The days over which nothing failed, once they are over. */
  calm: Span | null = null;
  readonly catalogue: ReturnType<typeof fixedCatalogue>;
  readonly offer: Offer;
  readonly registration = builtInRegistration(
    inMemoryRegistrationCodes([
      { code: 'CLEAN1', demo: false, account: { employerName: 'Hotel Aurora' }, createdAt: new Date(0) },
    ]),
  );
  readonly idOf = messageIds('simulation');
  /** What the transport calls a bug of ours. */
  readonly bugs: string[] = [];
  /** What was seen to be wrong while it happened. */
  readonly witnessed: string[] = [];
  /** Whom a crash is told to. */
  onCrash: (node: Node) => void = () => undefined;
  readonly skips: boolean;
  readonly #network = new Node('network');
  readonly #silent = new Map<string, boolean>();
  readonly #heard = new Map<Phone, number>();
  readonly #inNewForm = new Set<Phone>();
  /** Refused texts whose outbox says, stored, that the carrier knows of an opt-out. */
  readonly keptOptOuts = new Set<string>();
  #runs = 0;

  constructor({ seed, traced, onlyFaults, skips, days }: WorldOptions) {
    this.skips = skips ?? false;
    this.livesDays = days ?? livesDays(seed);
    const course = this.livesDays ? courses.daily : courses.small;
    this.catalogue = fixedCatalogue(course);
    this.offer = offerOf(course);
    this.chance = chanceOf(seed);
    this.faults = new Faults(chanceOf(seed ^ 0x5f3759df), onlyFaults);
    this.scheduler = new Scheduler(this.chance, this.faults, {
      startAt,
      traced,
      onCrash: (node) => this.onCrash(node),
    });
    this.log = new InMemoryLog(partitions, { now: () => this.scheduler.now });
    this.carrier = new Carrier(this, (phone) =>
      lateOptOut(phone, this.newRunNumber()).forEach((text) => write(this.log, text)),
    );
  }

  newRunNumber(): number {
    this.#runs += 1;
    return this.#runs;
  }

  /** Topics as one node writes them. */
  publisherOf(node: Node): Publisher {
    return {
      publish: (topic, records) =>
        this.scheduler.call({
          node,
          what: `publishes ${records.length} to ${topic}`,
          effect: () => this.#append(topic, records),
          part: () => this.#append(topic, this.#someOf(records)),
          failure: () => this.#lateOr(topic, records),
        }),
      close: () => Promise.resolve(),
    };
  }

  writeDeadLetters(node: Node, letters: Parameters<SliceTools['writeDeadLetters']>[0]): Promise<void> {
    return this.scheduler.call({
      node,
      what: `puts ${letters.length} aside`,
      effect: () => {
        for (const letter of letters) this.log.appendRaw({ ...letter, partition: this.#placeOf(letter.key) });
      },
      failure: () => new PublishFailed('dead letters', new Error('simulated')),
    });
  }

  /** Whether a phone was opted out after this version, as the topic tells. */
  isSilent(phone: Phone, version: number): boolean {
    return this.#silent.get(`${phone} ${version}`) ?? false;
  }

  /** The latest version whose batch the sender has committed as taken in, waited for or heard. */
  heardBySender(phone: Phone): number {
    return this.#heard.get(phone) ?? 0;
  }

  /** The sender's group has committed up to this offset. */
  hear(partition: number, offset: string): void {
    for (const record of this.log.records(topics.dialogEvents)) {
      if (record.partition !== partition || BigInt(record.offset) >= BigInt(offset)) continue;
      const read = decodeBatch(this.laterRelease.wording.read(String(record.value)));
      if (read.ok)
        this.#heard.set(read.value.phone, Math.max(this.heardBySender(read.value.phone), read.value.version));
    }
  }

  /** Whether a phone has a reason to wait: an unreadable document, or a batch from the future. */
  mayWait(phone: Phone): boolean {
    return this.spoiled.met.has(phone) || this.#inNewForm.has(phone);
  }

  /**
   * A process of the later release writes some of its batches in a form of its own. Their trainees leave, so that those
   * who cannot read them have a consent to hear behind them.
   */
  wordBatches(records: readonly OutgoingRecord[]): void {
    for (const { key: phone, value } of records) {
      const key = phoneSchema.parse(phone);
      if (typeof value !== 'string' || !this.faults.strikes('batch of a later release')) continue;
      const run = this.newRunNumber();
      this.laterRelease.add(newForm(value, run), value);
      this.#inNewForm.add(key);
      write(this.log, stopOf(key, run));
    }
  }

  #placeOf(key: string | null): number {
    return key === null ? 0 : partitionOf(key, partitions);
  }

  #append(topic: string, records: readonly OutgoingRecord[]): void {
    for (const record of records) {
      const { value } = this.log.append(topic, record);
      if (topic === topics.dialogEvents && value) this.#learn(value);
      if (topic === topics.dialogCommands && value) this.#witnessOptOut(value);
    }
  }

  #learn(value: Buffer): void {
    const read = decodeBatch(this.laterRelease.wording.read(String(value)));
    if (read.ok) this.#silent.set(`${read.value.phone} ${read.value.version}`, read.value.trainee.optedOut);
  }

  /** Nobody is silenced by the carrier's word unless their outbox says so: they may have opted in since. */
  #witnessOptOut(value: Buffer): void {
    const read = decodeCommand(value);
    if (!read.ok || read.value.type !== 'OptOutTrainee' || read.value.source !== 'carrier') return;
    const { messageId = '', phone } = read.value;
    if (!this.keptOptOuts.has(messageId))
      this.witnessed.push(`${phone} was silenced by ${messageId}, which its outbox does not hold against it`);
  }

  /** Per partition a request is there from its beginning up to some record, or not at all. */
  #someOf(records: readonly OutgoingRecord[]): readonly OutgoingRecord[] {
    return Array.from({ length: partitions }, (_, partition) => {
      const own = records.filter(({ key }) => partitionOf(key, partitions) === partition);
      return own.slice(0, this.chance.below(own.length + 1));
    }).flat();
  }

  /** A request that was given up may still be on its way, and arrive behind others. */
  #lateOr(topic: string, records: readonly OutgoingRecord[]): PublishFailed {
    if (this.faults.strikes('late arrival'))
      void this.scheduler.call({
        node: this.#network,
        what: 'late arrival',
        effect: () => {
          this.scheduler.note(`${records.length} records arrive late at ${topic}`);
          this.#append(topic, records);
        },
      });
    return new PublishFailed(topic, new Error('simulated'));
  }
}
