import { randomUUID } from 'node:crypto';
import { commandIdSchema, timestampSchema, topics, type Phone } from '@stopcovid/contracts';
import { groupOffsets, partitionOf, readRecord, setGroupOffsets, topicOffsets } from '@stopcovid/kafka';
import { poisonHeader } from './leftovers';
import { drawPhone, letText, publishing } from './made-texts';
import { afterCrashMs, afterOutageMs, wait, workedAgain, type Recipe, type Scene } from './scene';

/** What is wrong with each, by the code that its dead letter should have. */
const poisonFor = (phone: Phone): readonly (readonly [string, string | null])[] => {
  const good = {
    type: 'ReceiveSms',
    schemaVersion: 1,
    phone,
    at: timestampSchema.parse(new Date().toISOString()),
    text: 'HELP',
  } as const;
  const spoilt = (change: object): string =>
    JSON.stringify({ ...good, commandId: commandIdSchema.parse(randomUUID()), ...change });
  return [
    ['VALUE_MISSING', null],
    ['KEY_MISMATCH', spoilt({ phone: '+12025550199' })],
    ['INVALID', spoilt({ text: 'a'.repeat(1_000_000) })],
    ['NOT_JSON', spoilt({}).slice(0, -1)],
    ['UNKNOWN_TYPE', spoilt({ type: 17 })],
    ['UNKNOWN_SCHEMA_VERSION', spoilt({ schemaVersion: 0 })],
    ['INVALID', spoilt({ at: '9999-12-31T23:59:59.999Z' })],
  ];
};

const poison: Recipe = {
  name: 'poison',
  say: 'every kind of record that cannot be worked on, before good ones of many phones',
  short: true,
  run: async (scene) => {
    const phone = drawPhone(scene);
    await publishing(scene, async (publisher) => {
      for (const [why, value] of poisonFor(phone))
        await publisher.publish(topics.dialogCommands, [
          { key: phone, value, headers: { [poisonHeader]: why } },
        ]);
      await publisher.publishDeadLetters([
        {
          topic: topics.dialogCommands,
          key: null,
          value: Buffer.from('{}'),
          headers: { [poisonHeader]: 'KEY_MISSING' },
        },
      ]);
    });
    await letText(scene, [phone], () => 'HELP');
    return workedAgain(scene, 5_000);
  },
};

/** The latest record of a topic, as an example of what is true. */
const anyBatch = async ({ system }: Scene): Promise<Record<string, unknown>> => {
  const { kafka } = system.direct;
  const ends = await topicOffsets(kafka, topics.dialogEvents);
  const written = ends.find(({ first, end }) => BigInt(end) > BigInt(first));
  if (!written) throw new Error('no event was published yet');
  const record = await readRecord(kafka, {
    topic: topics.dialogEvents,
    partition: written.partition,
    offset: written.first,
  });
  return JSON.parse(String(record?.value)) as Record<string, unknown>;
};

/** As sms-sender and as progress-tracker say it. */
const parkedLine = /"alarm":"(?:gap|phone-waits)"/;

const raisedAlarm = async (scene: Scene, limitMs: number): Promise<void> => {
  const until = Date.now() + limitMs;
  const { senders, trackers } = scene.system;
  for (const group of [senders, trackers]) {
    const isTold = (): boolean =>
      group.some(({ replica }) => replica.lines().some((line) => parkedLine.test(line)));
    while (!isTold()) {
      if (Date.now() > until) {
        scene.broken.push(`no replica of ${group[0]?.replica.app ?? 'a group'} raised an alarm for a gap`);
        break;
      }
      await wait(200);
    }
  }
};

const missingVersion: Recipe = {
  name: 'missing-version',
  say: 'a version of a made-up phone is missing on the event topic: it is parked with an alarm, others go on',
  short: true,
  run: async (scene) => {
    const phone = drawPhone(scene);
    scene.madeUp.add(phone);
    const batch = await anyBatch(scene);
    await publishing(scene, async (publisher) => {
      for (const version of [1, 3]) {
        const value = JSON.stringify({ ...batch, phone, version, commandId: randomUUID() });
        await publisher.publish(topics.dialogEvents, [{ key: phone, value }]);
      }
    });
    const recovery = await workedAgain(scene, afterCrashMs(scene));
    await raisedAlarm(scene, 10_000);
    return recovery;
  },
};

const offsetsSetBack: Recipe = {
  name: 'offsets-set-back',
  say: "all groups' offsets are set back by up to forty records while their services are away",
  short: false,
  run: async (scene) => {
    const { engines, senders, trackers, direct } = scene.system;
    const nodes = [...engines, ...senders, ...trackers];
    await Promise.all(nodes.map(({ replica }) => replica.stop()));
    for (const [group, topic] of [
      ['dialog-engine', topics.dialogCommands],
      ['sms-sender', topics.dialogEvents],
      ['progress-tracker', topics.dialogEvents],
    ] as const) {
      const committed = await groupOffsets(direct.kafka, { group, topic });
      const back = new Map(
        [...committed].map(([partition, offset]) => [partition, String(Math.max(0, Number(offset) - 40))]),
      );
      await setGroupOffsets(direct.kafka, { group, topic }, back);
    }
    for (const { replica } of nodes) replica.start();
    const recovery = await workedAgain(scene, afterCrashMs(scene) + 10_000);
    for (const { replica } of nodes) await replica.ready();
    return recovery;
  },
};

const floodSize = 4_000;
/** How long any partition may stand still beside a flooded one. */
const besideFloodMs = 10_000;

/** Phones that all belong to the partition of the first one drawn. */
const neighboursOf = (scene: Scene, partitions: number): readonly Phone[] => {
  const flooded = partitionOf(drawPhone(scene), partitions);
  const phones = new Set<Phone>();
  while (phones.size < floodSize) {
    const phone = drawPhone(scene);
    if (partitionOf(phone, partitions) === flooded) phones.add(phone);
  }
  return [...phones];
};

const floodedPartition: Recipe = {
  name: 'flooded-partition',
  say: `${floodSize} commands at once on one partition: the others must not wait for it, nor be shared anew`,
  short: false,
  run: async (scene) => {
    const { direct } = scene.system;
    const partitions = (await topicOffsets(direct.kafka, topics.dialogCommands)).length;
    const phones = neighboursOf(scene, partitions);
    await letText(scene, phones, () => 'HELP');
    const since = Date.now();
    let rounds = 0;
    do {
      await workedAgain(scene, besideFloodMs);
      rounds += 1;
    } while ((scene.watch.lag() ?? 0n) > BigInt(floodSize / 10) && Date.now() < since + afterOutageMs);
    if (rounds === 1) scene.broken.push('the flood was over before anybody could wait for it');
    return { workedAgainMs: Date.now() - since };
  },
};

/** Faults of what stands on the topics. */
export const inputRecipes: readonly Recipe[] = [poison, missingVersion, offsetsSetBack, floodedPartition];
