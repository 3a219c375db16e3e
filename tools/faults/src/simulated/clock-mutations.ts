import { hourMs } from '@stopcovid/calendar';
import { decodeCommand, encodeCommand, topics } from '@stopcovid/contracts';
import type { OutgoingRecord } from '@stopcovid/kafka';
import type { ClockParts, PhoneSchedule, PhoneSchedules } from '@stopcovid/progress-tracker';
import type { Outbox, OutboxStore } from '@stopcovid/sms-sender';
import type { Mutation } from './mutation';
import type { World } from './world';

/** What it was to publish goes out when it has written how far it is. */
const advancingFirst = ({ publisher, phones, ...parts }: ClockParts): ClockParts => {
  let unsaid: readonly OutgoingRecord[] = [];
  return {
    ...parts,
    publisher: {
      publish: (_, records) => {
        unsaid = [...unsaid, ...records];
        return Promise.resolve();
      },
    },
    phones: {
      ...phones,
      save: async (writes) => {
        const lost = await phones.save(writes);
        const late = unsaid;
        unsaid = [];
        if (late.length > 0) await publisher.publish(topics.dialogCommands, late);
        return lost;
      },
    },
  };
};

/** Takes for what was read what is stored now, so that any write passes. */
export const writingOver = (phones: PhoneSchedules, { kept }: World): PhoneSchedules => ({
  ...phones,
  save: async (writes) => {
    const stored = await kept.phoneSchedules.load(writes.map(({ next }) => next.phone));
    return phones.save(
      writes.map(({ next }) => {
        const known = stored.get(next.phone);
        return { before: known?.kind === 'readable' ? known.value : undefined, next };
      }),
    );
  },
});

const claimingAnything = (parts: ClockParts, world: World): ClockParts => ({
  ...parts,
  phones: writingOver(parts.phones, world),
});

const again = ({ value, ...record }: OutgoingRecord, number: number): readonly OutgoingRecord[] => {
  const read = decodeCommand(value ?? '');
  if (!read.ok || read.value.type !== 'StartDrill') return [];
  const wire = JSON.parse(encodeCommand(read.value)) as object;
  const commandId = `${read.value.commandId}-${number}`;
  return [{ ...record, value: JSON.stringify({ ...wire, commandId, runId: commandId, expects: undefined }) }];
};

/** Another owner publishes each start as well, as may be; but not under the same id. */
const startingAnew = (parts: ClockParts, world: World): ClockParts => ({
  ...parts,
  publisher: {
    publish: (topic, records) =>
      parts.publisher.publish(
        topic,
        records.flatMap((record) => [record, ...again(record, world.newRunNumber())]),
      ),
  },
});

type Trainee = PhoneSchedule['trainee'];

const withPause = (schedule: PhoneSchedule, paused: Trainee['paused']): PhoneSchedule => ({
  ...schedule,
  trainee: { ...schedule.trainee, paused },
});

/** Who has paused is planned for like anybody else; what is written still says that they have. */
const blindToPauses = ({ phones, ...parts }: ClockParts): ClockParts => {
  const pauses = new Map<PhoneSchedule['phone'], Trainee['paused']>();
  const unpaused = (schedule: PhoneSchedule): PhoneSchedule => {
    pauses.set(schedule.phone, schedule.trainee.paused);
    return withPause(schedule, null);
  };
  return {
    ...parts,
    phones: {
      ...phones,
      load: async (asked) =>
        new Map(
          [...(await phones.load(asked))].map(([phone, known]) => [
            phone,
            known.kind === 'readable' ? { ...known, value: unpaused(known.value) } : known,
          ]),
        ),
      due: async (query) => {
        const { schedules, unreadable } = await phones.due(query);
        return { schedules: schedules.map(unpaused), unreadable };
      },
      save: (writes) =>
        phones.save(
          writes.map(({ before, next }) => ({
            before,
            next: withPause(next, pauses.get(next.phone) ?? null),
          })),
        ),
    },
  };
};

/** What has been due for over an hour is left alone. */
const forgettingTheMissed = (parts: ClockParts): ClockParts => ({
  ...parts,
  phones: {
    ...parts.phones,
    due: async (query) => {
      const { schedules, unreadable } = await parts.phones.due(query);
      const isRecent = ({ nextAt }: PhoneSchedule): boolean =>
        nextAt === 0 || (nextAt ?? 0) > query.now - hourMs;
      return { schedules: schedules.filter(isRecent), unreadable };
    },
  },
});

const atAnyHour = (outbox: Outbox): Outbox => ({
  ...outbox,
  pending: outbox.pending.map(({ planned: _, ...item }) => item),
});

const anyHour = (store: OutboxStore): OutboxStore => ({
  ...store,
  due: async (query) => {
    const { outboxes, unreadable } = await store.due(query);
    const changed = [...outboxes].map(([phone, outbox]) => [phone, atAnyHour(outbox)] as const);
    return { outboxes: new Map(changed), unreadable };
  },
});

/** Each breaks one rule of what comes by itself. */
export const clockMutations = {
  'the clock advances before it publishes': { days: true, clock: advancingFirst },
  'the clock writes whatever is stored': { days: true, clock: claimingAnything },
  'two owners give one start two ids': { days: true, clock: startingAnew },
  'windows are not looked at when a text is handed over': { days: true, outboxes: anyHour },
  'who has paused is planned for': { days: true, clock: blindToPauses },
  'what was missed is left alone': { days: true, clock: forgettingTheMissed },
} as const satisfies Readonly<Record<string, Mutation>>;
