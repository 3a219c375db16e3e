import { decodeBatch, runIdSchema, timestampSchema, topics } from '@stopcovid/contracts';
import { cachedDialogStore, handleCommands, wakingHeld } from '@stopcovid/dialog-engine';
import {
  keepCheckpoints,
  PublishFailed,
  type BatchContext,
  type HeldPartitions,
  type LogRecord,
  type RecordsHandler,
} from '@stopcovid/kafka';
import { isMongoOutage } from '@stopcovid/mongo';
import {
  Clock,
  clockParts,
  DatabaseTime,
  handleBatches,
  inMemoryBroadcasts,
  inMemorySchedules,
  ScheduleAgenda,
} from '@stopcovid/progress-tracker';
import { silentTracer } from '@stopcovid/runtime';
import {
  announceBy,
  BatchIntake,
  BehindPhones,
  Dispatcher,
  KeptAgenda,
  RecentOutboxes,
  tokenBucket,
  type DeliveryPolicy,
  type OutboxStore,
} from '@stopcovid/sms-sender';
import { textsFor } from '@stopcovid/sms-copy';
import { Consumer } from './consumer';
import { Group } from './group';
import { heldBy, readBy, writtenBy } from './later-release';
import type { Mutation } from './mutation';
import { Node } from './scheduler';
import { storesOf } from './stores';
import type { World } from './world';

/** One kind of service: its group, and how a process of it is made. */
export type Service = { readonly group: Group; readonly boot: (name: string) => Consumer };

const policy: DeliveryPolicy = {
  pauseMs: 300,
  pauseAfterMediaMs: 1_000,
  maxAgeMs: 24 * 3_600_000,
  claimMs: 20_000,
  lookAfterMs: 10_000,
  looks: 2,
  onUndecided: 'park',
  retryMs: 1_000,
  retryLaterMs: 60_000,
};

type Around = { readonly world: World; readonly mutation: Mutation };
type Made = { readonly node: Node; readonly group: Group; readonly handle: RecordsHandler };

const nothing = (): void => undefined;

const isOutage = (error: unknown): boolean => error instanceof PublishFailed || isMongoOutage(error);

const groupOf = (name: string, topic: string, { log, chance }: World): Group =>
  new Group(name, topic, { log, chance });

const consumerOf = ({ node, group, handle }: Made, { world, mutation }: Around): Consumer =>
  new Consumer(node, group, { world, handle, rules: mutation.consumer ?? {} });

/** Less often than the engine's own process does: looks while nothing happens are steps too. */
const lookEveryMs = 60_000;

/** Looks at what waits, for life. */
const keepWaking = async (world: World, node: Node, wake: () => Promise<unknown>): Promise<void> => {
  while (node.alive) {
    await wake().catch((error: unknown) => {
      if (!isOutage(error)) world.bugs.push(String(error));
    });
    await world.scheduler.pause(node, lookEveryMs);
  }
};

const engine = (around: Around): Service => {
  const { world, mutation } = around;
  const group = groupOf('dialog-engine', topics.dialogCommands, world);
  const boot = (name: string): Consumer => {
    const node = new Node(name);
    const stores = storesOf(world, node);
    const isLater = world.laterRelease.isHere;
    const wording = world.laterRelease.ofNewProcess();
    const held = heldBy(wording, (mutation.held ?? ((same) => same))(stores.held));
    const publisher = writtenBy(
      wording,
      (mutation.publisher ?? ((same) => same))(world.publisherOf(node)),
      isLater ? (records) => world.wordBatches(records) : nothing,
    );
    const store = (mutation.dialogs ?? ((same) => same))(stores.dialogs, { world, publisher });
    const decide = keepCheckpoints<BatchContext>(
      handleCommands({
        store: (mutation.cache ?? cachedDialogStore)(store, 4),
        held,
        publisher,
        catalogue: world.catalogue,
        revisions: world.revisions,
        registration: (mutation.registration ?? ((same) => same))(
          world.slow.lookup(world.registration, node, world.scheduler),
        ),
        clock: () => timestampSchema.parse(new Date(world.scheduler.now).toISOString()),
        newRunId: () => runIdSchema.parse(`run-${world.newRunNumber()}`),
        report: nothing,
      }),
      {
        checkpoints: stores.checkpoints,
        everyMs: 1_000,
        now: () => world.scheduler.now,
        pause: (ms) => world.scheduler.pause(node, ms),
        onFailed: nothing,
      },
    );
    const handle: RecordsHandler = (records, context) =>
      decide(records.map(readBy(wording)).map(mutation.command ?? ((same) => same)), context);
    const consumer = consumerOf({ node, group, handle }, around);
    const wake = wakingHeld({
      held,
      dialogs: stores.dialogs,
      publisher,
      partitions: () => group.believedBy(consumer),
      now: () => world.scheduler.now,
    });
    if (!mutation.neverWakes) void keepWaking(world, node, wake);
    return consumer;
  };
  return { group, boot };
};

/** Less often than the tracker's own: looks while nothing is due are steps too. */
const tickEveryMs = 5_000;

type Ticking = {
  readonly node: Node;
  readonly agenda: ScheduleAgenda;
  readonly held: () => HeldPartitions;
};

/** The clock of one tracker, which ticks for life. */
const startClock = ({ world, mutation }: Around, { node, agenda, held }: Ticking): void => {
  const { scheduler } = world;
  const { phoneSchedules } = storesOf(world, node);
  const now = (): number => scheduler.now;
  const time = new DatabaseTime({
    ask: () => phoneSchedules.now(),
    pulse: () => scheduler.elapsed,
    own: now,
  });
  const parts = clockParts(
    {
      course: { current: () => world.offer },
      everyMs: tickEveryMs,
      parts: {
        store: world.progress,
        schedules: inMemorySchedules(),
        phoneSchedules,
        agenda,
        waitingMessages: inMemoryBroadcasts(),
        publisher: world.publisherOf(node),
        held,
      },
    },
    {
      now: () => time.now(),
      pause: (ms, until) => scheduler.pause(node, ms, until),
      onTick: nothing,
      onTrouble: (error) => {
        if (!isOutage(error)) world.bugs.push(String(error));
      },
    },
  );
  new Clock((mutation.clock ?? ((same) => same))(parts, world)).start();
};

const tracker = (around: Around): Service => {
  const { world, mutation } = around;
  const group = groupOf('progress-tracker', topics.dialogEvents, world);
  const boot = (name: string): Consumer => {
    const node = new Node(name);
    const wording = world.laterRelease.ofNewProcess();
    const { progress, phoneSchedules } = storesOf(world, node);
    const schedules = world.livesDays ? phoneSchedules : world.kept.phoneSchedules;
    const agenda = new ScheduleAgenda();
    const written = (mutation.schedules ?? ((same) => same))(schedules, world);
    const take = handleBatches({
      store: (mutation.progress ?? ((same) => same))(progress),
      kept: { ...world.kept, phoneSchedules: agenda.noting(written) },
      publisher: world.publisherOf(node),
      offer: () => world.offer,
      waiting: world.waiting,
      now: () => world.scheduler.now,
      report: nothing,
    });
    const handle: RecordsHandler = (records, context) => take(records.map(readBy(wording)), context);
    const consumer = consumerOf({ node, group, handle }, around);
    if (world.livesDays) startClock(around, { node, agenda, held: () => group.heldBy(consumer) });
    return consumer;
  };
  return { group, boot };
};

/** Less often than the sender's own: looks while nothing is due are steps too. */
const pollMs = 60_000;

/** The outboxes as a process reaches them, and what it knows of them: nothing where it is mistaken in what it reads. */
const outboxesOf = ({ world, mutation }: Around, node: Node) => {
  const recent = new RecentOutboxes();
  const written = (mutation.outboxes ?? ((same) => same))(storesOf(world, node).outboxes, world);
  return {
    store: recent.watched(written),
    recent: mutation.lastTaken ? { of: () => undefined } : recent,
  };
};

/** The outboxes as the intake reaches them. */
type TakenIn = Pick<OutboxStore, 'load' | 'save'>;

const sender = (around: Around): Service => {
  const { world, mutation } = around;
  const { log, chance } = world;
  const onCommit = (partition: number, offset: string): void => world.hear(partition, offset);
  const group = new Group('sms-sender', topics.dialogEvents, { log, chance, onCommit });
  const boot = (name: string): Consumer => {
    const node = new Node(name);
    const wording = world.laterRelease.ofNewProcess();
    const { store, recent } = outboxesOf(around, node);
    const now = (): number => world.scheduler.now;
    const pause = (ms: number, until?: AbortSignal): Promise<void> => world.scheduler.pause(node, ms, until);
    const announce = announceBy(world.publisherOf(node), 2_000, pause);
    const waiting = new BehindPhones(world.senderWaiting);
    const held = (): HeldPartitions => group.heldBy(consumer);
    const agenda = new (mutation.agenda ?? KeptAgenda)({ store, waiting, held, now, everyMs: pollMs });
    const dispatcher = new Dispatcher({
      agenda,
      gateway: (mutation.gateway ?? ((same) => same))(world.carrier.seenBy(node)),
      announce: (mutation.announce ?? ((same) => same))(announce),
      bucket: tokenBucket(1_000),
      policy,
      now,
      pause,
      share: () => 1,
      maxInFlight: 8,
      pollMs,
      refusedPauseMs: 1_000,
      tracer: silentTracer('sms-sender'),
      signals: { announced: nothing, result: nothing, trouble: nothing, refused: nothing, accepted: nothing },
    });
    const arriving = new Map<string, number>();
    const takenIn: TakenIn = {
      load: agenda.store.load,
      save: (outboxes) => dispatcher.takeIn(outboxes),
    };
    const intake = new BatchIntake({
      store: mutation.lastTaken ? mistaken(takenIn, mutation.lastTaken, arriving) : takenIn,
      recent,
      textsOf: (batch) => textsFor(batch, {}),
      rules: { idOf: world.idOf, maxPending: 200, isFake: () => false },
      now,
      wake: () => dispatcher.wake(),
      waiting,
      report: ({ began }) => tellGaps(world, began),
    });
    const handle: RecordsHandler = (records, context) => {
      if (mutation.lastTaken)
        firstVersions(records).forEach((version, phone) => arriving.set(phone, version));
      return intake.handle(
        records.map(readBy(wording)).map(mutation.record ?? ((record: LogRecord) => record)),
        context,
      );
    };
    const consumer = consumerOf({ node, group, handle }, around);
    dispatcher.start();
    return consumer;
  };
  return { group, boot };
};

const tellGaps = (
  world: World,
  began: Parameters<ConstructorParameters<typeof BatchIntake>[0]['report']>[0]['began'],
): void =>
  began
    .filter(({ phone, because }) => because === 'gap' && !world.mayWait(phone))
    .forEach(({ phone, after, reason }) =>
      world.witnessed.push(`${phone} waits behind version ${after}: ${reason}`),
    );

const firstVersions = (records: readonly LogRecord[]): ReadonlyMap<string, number> => {
  const versions = new Map<string, number>();
  for (const { key, value } of records) {
    const read = decodeBatch(value ?? '');
    if (key !== null && read.ok && !versions.has(key)) versions.set(key, read.value.version);
  }
  return versions;
};

/** The outboxes as a reader with a broken rule of versions takes them. */
const mistaken = (
  store: TakenIn,
  lastTaken: NonNullable<Mutation['lastTaken']>,
  arriving: ReadonlyMap<string, number>,
): TakenIn => ({
  ...store,
  load: async (phones) => {
    const { outboxes, ...rest } = await store.load(phones);
    const taken = [...outboxes].map(([phone, outbox]) => {
      const last = outbox.lastVersion;
      return [phone, { ...outbox, lastVersion: lastTaken(last, arriving.get(phone) ?? last + 1) }] as const;
    });
    return { ...rest, outboxes: new Map(taken) };
  },
});

/** The three services that read topics. */
export const servicesIn = (around: Around): readonly Service[] => [
  engine(around),
  tracker(around),
  sender(around),
];
