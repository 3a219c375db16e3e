import { decodeBatch, topics, type Phone } from '@stopcovid/contracts';
import type { HeldCommand } from '@stopcovid/dialog-engine';
import { kafkaPublisher, type LogRecord, type Publisher } from '@stopcovid/kafka';
import { kafkaEventSource, type EventSource, type Offsets } from '@stopcovid/progress-tracker';
import { maskPhone } from '@stopcovid/runtime';
import type { Command } from 'commander';
import { mayDo } from './ask';
import { exitCodes, type ExitCode } from './exit';
import { planRepair, type RepairPlan, type WireBatch } from './repair-plan';
import { mongoRepairStore, type Found, type RepairStore } from './repair-store';
import { onServers, withServerOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';
import { phoneFrom } from './typed';

/** What a repair works on. */
export type RepairParts = {
  readonly store: RepairStore;
  readonly events: EventSource;
  readonly publisher: Publisher;
};

const ownBatches = (phone: Phone, records: readonly LogRecord[]): readonly WireBatch[] =>
  records.flatMap(({ key, value }) => {
    if (key !== phone || value === null) return [];
    const batch = decodeBatch(value);
    return batch.ok && batch.value.phone === phone
      ? [{ batch: batch.value, wire: value.toString('utf8') }]
      : [];
  });

const readPartitions = async (
  events: EventSource,
  until: Offsets,
  phone: Phone,
): Promise<readonly WireBatch[]> => {
  const found: WireBatch[] = [];
  await events.read(
    { from: new Map(), until },
    async (records) => void found.push(...ownBatches(phone, records)),
  );
  return found;
};

/**
 * The batches of a phone in the order of the topic. Its first ones may stand on another partition, from when there
 * were fewer: then they come first.
 */
const batchesOnTopic = async (events: EventSource, phone: Phone): Promise<readonly WireBatch[]> => {
  const ends = await events.ends();
  const home = events.partitionOf(phone);
  const here = new Map([...ends].filter(([partition]) => partition === home));
  const own = await readPartitions(events, here, phone);
  const versions = new Set(own.map(({ batch }) => batch.version));
  if (versions.has(1) && versions.size === Math.max(...versions)) return own;
  const elsewhere = new Map([...ends].filter(([partition]) => partition !== home));
  return [...(await readPartitions(events, elsewhere, phone)), ...own];
};

type Diagnosis = {
  readonly phone: Phone;
  readonly found: Found;
  readonly plan: RepairPlan;
  readonly held: readonly HeldCommand[];
};

/* The topic first: what the engine writes meanwhile is then ahead of the topic, never behind it. */
const diagnose = async ({ store, events }: RepairParts, phone: Phone): Promise<Diagnosis> => {
  const onTopic = await batchesOnTopic(events, phone);
  const found = await store.find(phone);
  const plan = planRepair({ phone, onTopic, dialog: found.dialog });
  return { phone, found, plan, held: await store.heldFor(found) };
};

/* A busy phone may have gone on by two batches between the two looks: what seems lost is looked for once more. */
const diagnoseSurely = async (parts: RepairParts, phone: Phone): Promise<Diagnosis> => {
  const diagnosis = await diagnose(parts, phone);
  return diagnosis.plan.lost.length > 0 ? diagnose(parts, phone) : diagnosis;
};

/** Whether the engine will be able to read the document, so that held commands can be decided. */
const willBeReadable = ({ found, plan }: Diagnosis): boolean =>
  plan.write !== undefined || found.dialog.kind === 'readable';

const wakes = (diagnosis: Diagnosis): boolean => diagnosis.held.length > 0 && willBeReadable(diagnosis);

const stepsOf = (diagnosis: Diagnosis): readonly string[] => {
  const { publish, write } = diagnosis.plan;
  const versions = publish.map(({ batch }) => batch.version);
  return [
    ...(publish.length > 0
      ? [`publish versions ${versions.join(', ')} to ${topics.dialogEvents}: readers drop what they have`]
      : []),
    ...(write ? [`write the engine's document at version ${write.version}, folded from all batches`] : []),
    ...(wakes(diagnosis)
      ? [
          `produce the first of ${diagnosis.held.length} held commands again: the engine then decides all of them`,
        ]
      : []),
  ];
};

const act = async (
  { store, publisher }: RepairParts,
  diagnosis: Diagnosis,
): Promise<'done' | 'overtaken'> => {
  const { phone, found, plan, held } = diagnosis;
  await publisher.publish(
    topics.dialogEvents,
    plan.publish.map(({ wire }) => ({ key: phone, value: wire })),
  );
  if (plan.write && !(await store.write(phone, found, plan.write))) return 'overtaken';
  const [first] = held;
  if (first && wakes(diagnosis))
    await publisher.publish(topics.dialogCommands, [{ key: phone, value: first.value }]);
  return 'done';
};

const say = (diagnosis: Diagnosis, terminal: Terminal): void => {
  const { plan, held } = diagnosis;
  for (const finding of plan.findings) terminal.out(finding);
  if (held.length > 0) terminal.out(`${held.length} commands are held`);
  for (const step of stepsOf(diagnosis)) terminal.out(`→ ${step}`);
};

/** Says what is wrong with a phone and mends it, once told to. */
export const repair = async (
  parts: RepairParts,
  { phone, yes, dryRun }: { readonly phone: Phone; readonly yes: boolean; readonly dryRun: boolean },
  terminal: Terminal,
): Promise<ExitCode> => {
  const diagnosis = await diagnoseSurely(parts, phone);
  say(diagnosis, terminal);
  const { lost } = diagnosis.plan;
  if (stepsOf(diagnosis).length === 0) {
    if (lost.length === 0) terminal.out(`nothing is wrong with ${maskPhone(phone)}`);
    else terminal.out('nobody has these batches: nothing can be done');
    return lost.length === 0 ? exitCodes.ok : exitCodes.problems;
  }
  if (dryRun || !(await mayDo('Do this?', yes, terminal))) return exitCodes.problems;
  if ((await act(parts, diagnosis)) === 'overtaken') {
    terminal.err('somebody else wrote the document meanwhile: look again');
    return exitCodes.problems;
  }
  terminal.out('done');
  return lost.length === 0 ? exitCodes.ok : exitCodes.problems;
};

type Flags = ServerFlags & { readonly yes?: boolean; readonly dryRun?: boolean };

const run = (typed: string, flags: Flags, surroundings: Surroundings): Promise<ExitCode> => {
  const phone = phoneFrom(typed);
  const errand = { flags, changes: flags.dryRun !== true };
  return onServers(errand, surroundings, async ({ mongo, kafka }) => {
    const publisher = kafkaPublisher(kafka);
    try {
      return await repair(
        {
          store: mongoRepairStore(mongo),
          /* It asks for no offsets of any group: the topic alone counts. */
          events: await kafkaEventSource({ connection: kafka, group: 'dialog-repair' }),
          publisher,
        },
        { phone, yes: flags.yes ?? false, dryRun: flags.dryRun ?? false },
        surroundings.terminal,
      );
    } finally {
      await publisher.close();
    }
  });
};

/** `dialog repair`: an unreadable document, a hole in the versions, a phone that waits. */
export const addRepair = (program: Command, surroundings: Surroundings): void => {
  const command = program
    .command('repair')
    .argument('<phone>', 'in E.164, for example +12025550143')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
Which phones wait, and why, is in sender_waiting_phones and tracker_waiting_phones: dialog show <phone> prints it.
Once the hole is filled, both readers go on by themselves within half a minute; nothing is to be removed there.`,
    );
  withServerOptions(command).action(async (phone: string, flags: Flags) => {
    surroundings.ending.code = await run(phone, flags, surroundings);
  });
};
