import type { Phone } from '@stopcovid/contracts';
import type { DialogStore, HeldCommands, HeldOverview } from '@stopcovid/dialog-engine';
import type { CheckpointStore } from '@stopcovid/kafka';
import type { PhoneSchedules, ProgressStore } from '@stopcovid/progress-tracker';
import type { Outbox, OutboxStore } from '@stopcovid/sms-sender';
import { mongo } from 'mongoose';
import type { Node } from './scheduler';
import type { World } from './world';

const away = (): Error => new mongo.MongoNetworkError('simulated');

type Asked<T> = {
  readonly usual?: boolean;
  readonly what: string;
  readonly effect: () => Promise<T>;
  readonly part?: () => Promise<unknown>;
};

/** How a node reaches a store: the call may fail, do a part of its work, or lose its answer. */
const asking =
  (world: World, node: Node) =>
  async <T>({ what, effect, part, usual = false }: Asked<T>): Promise<T> =>
    world.scheduler.call<Promise<T>>({
      node,
      what,
      effect,
      failure: away,
      usual,
      ...(part && { part: () => void part() }),
    });

/** An unordered bulk write that fails may have done any part of its work. */
const someOf =
  ({ chance }: World) =>
  <T>(all: readonly T[]): readonly T[] =>
    all.filter(() => chance.next() < 0.5);

const outboxesOf = (world: World, node: Node): OutboxStore => {
  const [ask, some] = [asking(world, node), someOf(world)];
  return {
    load: (phones) =>
      ask({
        what: 'loads outboxes',
        effect: async () => world.spoiled.outboxes(await world.outboxes.load(phones)),
      }),
    due: (query) =>
      ask({
        what: 'looks what is due',
        usual: true,
        effect: async () => world.spoiled.outboxes(await world.outboxes.due(query)),
      }),
    putOff: (phones, until) =>
      ask({ what: 'puts outboxes off', effect: () => world.outboxes.putOff(phones, until) }),
    waiting: (query) =>
      ask({ what: 'counts what waits', usual: true, effect: () => world.outboxes.waiting(query) }),
    save: (changed) =>
      ask({
        what: `saves ${changed.map(({ phone, lastVersion }) => `${phone.slice(-2)}v${lastVersion}`).join(' ')} outboxes`,
        effect: () => saveOutboxes(world, changed),
        part: () => saveOutboxes(world, some(changed)),
      }),
  };
};

/** Of which the clock asks for what is due, and the fold of events for what it writes. */
const schedulesOf = (world: World, node: Node): PhoneSchedules => {
  const [ask, some] = [asking(world, node), someOf(world)];
  const { phoneSchedules: kept } = world.kept;
  return {
    ...kept,
    load: (phones) => ask({ what: 'loads schedules', effect: () => kept.load(phones) }),
    due: (query) => ask({ what: 'looks who is due', usual: true, effect: () => kept.due(query) }),
    ahead: (query) => ask({ what: 'looks who is due soon', usual: true, effect: () => kept.ahead(query) }),
    save: async (writes) => {
      if (writes.length === 0) return new Set();
      return ask({
        what: `saves schedules of ${writes.map(({ next }) => next.phone.slice(-2)).join(' ')}`,
        effect: () => kept.save(writes),
        part: () => kept.save(some(writes)),
      });
    },
    mark: (whose) => ask({ what: 'marks schedules', effect: () => kept.mark(whose) }),
  };
};

/** The stores as one node reaches them. They do their work at the instant at which they are called. */
export const storesOf = (world: World, node: Node) => {
  const [ask, some] = [asking(world, node), someOf(world)];

  const dialogs: DialogStore = {
    load: (phones) =>
      ask({
        what: 'loads dialogs',
        effect: async () => world.spoiled.dialogs(await world.dialogs.load(phones)),
      }),
    commit: (changes) =>
      ask({
        what: `commits ${changes.map(({ dialog }) => `${dialog.phone.slice(-2)}v${dialog.version}`).join(' ')}`,
        effect: () => world.dialogs.commit(changes),
        part: () => world.dialogs.commit(some(changes)),
      }),
    hold: (phones) => ask({ what: 'marks dialogs', effect: () => world.dialogs.hold(phones) }),
  };
  const held: HeldCommands & HeldOverview = {
    keep: (commands) => ask({ what: 'holds commands', effect: () => world.held.keep(commands) }),
    under: (holds) => ask({ what: 'loads held commands', effect: () => world.held.under(holds) }),
    drop: (holds) => ask({ what: 'drops held commands', effect: () => world.held.drop(holds) }),
    queues: (partitions) =>
      ask({ what: 'looks who waits', usual: true, effect: () => world.held.queues(partitions) }),
  };
  const checkpoints: CheckpointStore = {
    read: (topic, partition) => world.checkpoints.read(topic, partition),
    advance: (reached) =>
      ask({ what: 'keeps checkpoints', effect: () => world.checkpoints.advance(reached) }),
  };
  const progress: ProgressStore = {
    ...world.progress,
    load: (...asked) =>
      ask({
        what: 'loads progress',
        effect: async () => world.spoiled.progress(await world.progress.load(...asked)),
      }),
    unreadable: (phones) =>
      ask({
        what: 'looks for what cannot be read',
        usual: true,
        effect: () => Promise.resolve(world.spoiled.unreadable(phones)),
      }),
    save: (runs, trainees) =>
      ask({
        what: `saves ${runs.length} runs, ${trainees.length} trainees`,
        effect: () => world.progress.save(runs, trainees),
        part: () => world.progress.save(some(runs), []),
      }),
  };
  return {
    dialogs,
    held,
    checkpoints,
    progress,
    outboxes: outboxesOf(world, node),
    phoneSchedules: schedulesOf(world, node),
  };
};

const saveOutboxes = async (world: World, changed: readonly Outbox[]): Promise<ReadonlySet<Phone>> => {
  const { outboxes: before } = await world.outboxes.load(changed.map(({ phone }) => phone));
  const conflicts = await world.outboxes.save(changed);
  for (const outbox of changed)
    if (!conflicts.has(outbox.phone)) witness(world, before.get(outbox.phone), outbox);
  return conflicts;
};

/** I8 while it happens: no claim after the opt-out has been taken in, or heard of behind what is missing. */
const witness = (world: World, before: Outbox | undefined, after: Outbox): void => {
  const was = new Map(before?.pending.map(({ id, delivery }) => [id, delivery.status]));
  for (const { id, kind, delivery } of after.pending) {
    if (isRefusedForOptOut(delivery) && after.carrierOptOut) world.keptOptOuts.add(id);
    const claimed = delivery.status === 'IN_FLIGHT' && was.get(id) !== 'IN_FLIGHT';
    if (!claimed || kind === 'consent') continue;
    const heard = Math.max(after.lastVersion, world.heardBySender(after.phone));
    if (world.isSilent(after.phone, heard))
      world.witnessed.push(`${id} was claimed for ${after.phone} after its opt-out`);
  }
};

const isRefusedForOptOut = (delivery: Outbox['pending'][number]['delivery']): boolean =>
  delivery.status === 'FAILED' && delivery.code === '21610';
