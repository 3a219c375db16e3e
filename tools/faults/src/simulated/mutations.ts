import { decodeBatch, decodeCommand, decodeKeyed, encodeBatch, topics } from '@stopcovid/contracts';
import { cachedDialogStore, type Dialog, type DialogStore } from '@stopcovid/dialog-engine';
import type { LogRecord, Publisher } from '@stopcovid/kafka';
import { KeptAgenda, type Outbox, type OutboxStore } from '@stopcovid/sms-sender';
import { clockMutations, writingOver } from './clock-mutations';
import type { Mutation } from './mutation';
import { refuseWhole } from './spoiled';
import type { World } from './world';

/** Nobody has a turn to send while somebody has the carrier's list to ask. */
class OneLane extends KeptAgenda {
  override take(...[lane, ...rest]: Parameters<KeptAgenda['take']>): readonly Outbox[] {
    return lane === 'doubtful' || !this.#isSomebodyInDoubt() ? super.take(lane, ...rest) : [];
  }

  override isFirst(outbox: Outbox): boolean {
    return !this.#isSomebodyInDoubt() && super.isFirst(outbox);
  }

  #isSomebodyInDoubt(): boolean {
    return Number.isFinite(this.next('doubtful'));
  }
}

const changingLoad = (store: DialogStore, change: (dialog: Dialog) => Dialog): DialogStore => ({
  ...store,
  load: async (phones) =>
    new Map(
      [...(await store.load(phones))].map(([phone, stored]) => [
        phone,
        stored.kind === 'readable' ? { ...stored, dialog: change(stored.dialog) } : stored,
      ]),
    ),
});

/** The version that is stored now, so that any write passes. */
const overwriting = (store: DialogStore, world: World): DialogStore => ({
  ...store,
  commit: async (changes) => {
    const stored = await world.dialogs.load(changes.map(({ dialog }) => dialog.phone));
    return store.commit(
      changes.map(({ dialog }) => {
        const found = stored.get(dialog.phone);
        const before = found?.kind === 'readable' ? found.dialog : undefined;
        return { dialog, expected: before?.version ?? 0, mark: before?.hold ?? null };
      }),
    );
  },
});

const publishingFirst = (store: DialogStore, publisher: Publisher): DialogStore => ({
  ...store,
  commit: async (changes) => {
    const batches = changes.flatMap(({ dialog, expected }) =>
      dialog.outbox
        .slice(-(dialog.version - expected))
        .map(({ batch }) => ({ key: dialog.phone, value: batch })),
    );
    await publisher.publish(topics.dialogEvents, batches);
    return store.commit(changes);
  },
});

const hasEvents = (value: string | Buffer | null): boolean => {
  const read = decodeBatch(value ?? '');
  return !read.ok || read.value.events.length > 0;
};

const blindToTheFuture = (record: LogRecord): LogRecord => {
  const read = decodeKeyed(record, decodeCommand);
  return read.ok || read.error.kind === 'poison' ? record : { ...record, value: Buffer.from('{}') };
};

const claimAgain = (outbox: Outbox): Outbox => ({
  ...outbox,
  pending: outbox.pending.map((item) =>
    item.delivery.status === 'IN_FLIGHT' ? { ...item, delivery: { status: 'READY' } } : item,
  ),
});

const deafToOptOuts = (record: LogRecord): LogRecord => {
  const read = record.value && decodeBatch(record.value);
  if (!read || !read.ok) return record;
  const trainee = { ...read.value.trainee, optedOut: false };
  return { ...record, value: Buffer.from(encodeBatch({ ...read.value, trainee })) };
};

/** What was changed for a batch behind a missing one is left as it was. */
const deafBeyondGaps = (store: OutboxStore, world: World): OutboxStore => ({
  ...store,
  save: async (changed) => {
    const { outboxes } = await world.outboxes.load(changed.map(({ phone }) => phone));
    return store.save(
      changed.map((outbox) => {
        const before = outboxes.get(outbox.phone);
        const isBeyond =
          before?.lastVersion === outbox.lastVersion && before.consentVersion !== outbox.consentVersion;
        return isBeyond ? { ...before, revision: outbox.revision } : outbox;
      }),
    );
  },
});

/** A cache that believes in itself: what was read once is never forgotten, whoever wrote meanwhile. */
const stubbornCache: typeof cachedDialogStore = (store, capacity) => {
  const cached = cachedDialogStore(store, capacity);
  const known = new Map<string, Dialog>();
  return {
    ...cached,
    load: async (phones) => {
      const loaded = await cached.load(phones.filter((phone) => !known.has(phone)));
      for (const [phone, stored] of loaded) if (stored.kind === 'readable') known.set(phone, stored.dialog);
      return new Map(
        phones.flatMap((phone) => {
          const dialog = known.get(phone);
          return dialog ? [[phone, { kind: 'readable', dialog }] as const] : [];
        }),
      );
    },
    commit: async (changes) => {
      const conflicts = await store.commit(changes);
      for (const { dialog } of changes) if (!conflicts.has(dialog.phone)) known.set(dialog.phone, dialog);
      return conflicts;
    },
  };
};

/** Each breaks one rule of the protocol; the checker has to notice every one of them. */
export const mutations = {
  'offsets are committed before the work': { consumer: { commitsFirst: true } },
  'a record that must wait is taken for done': { consumer: { takesRetryForDone: true } },
  'a hole in the versions is not read again': { skips: true, consumer: { neverSeeksBack: true } },
  'versions are taken in over a hole': {
    skips: true,
    lastTaken: (last, arriving) => Math.max(last, arriving - 1),
  },
  'versions that were seen are taken in again': {
    lastTaken: (last, arriving) => Math.min(last, arriving - 1),
  },
  'dead letters are dropped': { consumer: { dropsDeadLetters: true } },
  'batches are published before they are durable': {
    dialogs: (store, { publisher }) => publishingFirst(store, publisher),
  },
  'dialogs are written whatever version is stored': {
    dialogs: (store, { world }) => overwriting(store, world),
    cache: (store) => store,
  },
  'a repeated command publishes nothing again': {
    dialogs: (store) =>
      changingLoad(store, (dialog) => ({
        ...dialog,
        outbox: [],
        recentCommandIds: [...dialog.recentCommandIds, ...dialog.outbox.map(({ commandId }) => commandId)],
      })),
    cache: (store) => store,
  },
  'decided commands are not recognised': {
    dialogs: (store) => changingLoad(store, (dialog) => ({ ...dialog, outbox: [], recentCommandIds: [] })),
    cache: (store) => store,
  },
  'commands without events leave no batch': {
    publisher: (publisher) => ({
      ...publisher,
      publish: (topic, records) =>
        publisher.publish(
          topic,
          records.filter(({ value }) => hasEvents(value)),
        ),
    }),
  },
  'a command of a later release is taken for poison': { command: blindToTheFuture },
  'commands that must wait are not kept': {
    held: (held) => ({ ...held, keep: () => Promise.resolve() }),
  },
  'nobody looks whether a wait is over': { neverWakes: true },
  'a conflict is not forgotten by the cache': { cache: stubbornCache },
  'projections are written whatever version is stored': {
    schedules: writingOver,
    progress: (store) => ({
      ...store,
      save: async (runs, trainees) => {
        const known = await store.load(
          [...trainees.map(({ next }) => next.phone)],
          [...runs.map(({ next }) => next.runId)],
        );
        return store.save(
          runs.map((run) => ({ ...run, readVersion: known.runs.get(run.next.runId)?.version ?? 0 })),
          trainees.map((trainee) => ({
            ...trainee,
            readVersion: known.trainees.get(trainee.next.phone)?.version ?? 0,
          })),
        );
      },
    }),
  },
  'outboxes are claimed whatever revision is stored': {
    outboxes: (store, world) => ({
      ...store,
      save: async (changed) => {
        const stored = await world.outboxes.load(changed.map(({ phone }) => phone));
        return store.save(
          changed.map((outbox) => ({
            ...outbox,
            revision: stored.outboxes.get(outbox.phone)?.revision ?? 0,
          })),
        );
      },
    }),
  },
  'a claim found after a crash is sent again': {
    outboxes: (store) => ({
      ...store,
      due: async (query) => {
        const { outboxes, ...rest } = await store.due(query);
        return {
          ...rest,
          outboxes: new Map([...outboxes].map(([phone, each]) => [phone, claimAgain(each)])),
        };
      },
    }),
  },
  'silence of the carrier is taken for a refusal': {
    gateway: (gateway) => ({
      ...gateway,
      send: async (text) => {
        const result = await gateway.send(text);
        return result.kind === 'unknown' ? { kind: 'notSent', reason: result.reason } : result;
      },
    }),
  },
  'opt-outs do not reach the outbox': { record: deafToOptOuts },
  'opt-outs are not heard beyond a gap': { outboxes: deafBeyondGaps },
  'an opt-out of the carrier is told whoever has opted in since': {
    announce: (announce) => (outboxes) =>
      announce(outboxes.map((outbox) => ({ ...outbox, carrierOptOut: true }))),
  },
  'who sends waits for who is in doubt': { agenda: OneLane },
  'a slow code holds its slice': {
    registration: ({ lookup }) => ({ lookup: (code) => lookup(code, (limitMs) => limitMs) }),
  },
  'an unreadable dialog stops its slice': {
    dialogs: (store) => ({
      ...store,
      load: async (phones) => {
        const stored = await store.load(phones);
        refuseWhole([...stored.values()].filter(({ kind }) => kind === 'unreadable').length);
        return stored;
      },
    }),
  },
  'an unreadable outbox stops its slice': {
    outboxes: (store) => ({
      ...store,
      load: async (phones) => {
        const found = await store.load(phones);
        refuseWhole(found.unreadable.size);
        return found;
      },
    }),
  },
  'an unreadable projection stops its slice': {
    progress: (store) => ({
      ...store,
      load: async (phones, runs) => {
        const known = await store.load(phones, runs);
        refuseWhole(known.unreadable?.size ?? 0);
        return known;
      },
    }),
  },
  ...clockMutations,
} as const satisfies Readonly<Record<string, Mutation>>;

export type MutationName = keyof typeof mutations;
