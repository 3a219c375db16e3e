import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commandIdSchema,
  decodeBatch,
  drillSlugSchema,
  encodeCommand,
  phoneSchema,
  runIdSchema,
  timestampSchema,
  topics,
  type DecodedBatch,
  type Command,
  type DialogCommand,
  type Phone,
} from '@stopcovid/contracts';
import { lintFiles, type Catalogue } from '@stopcovid/drills';
import {
  PublishFailed,
  type LogRecord,
  type Outcome,
  type OutgoingRecord,
  type Publisher,
} from '@stopcovid/kafka';
import { fixedCatalogue } from './catalogue';
import type { BatchReport } from './commands/report-batch';
import type { CommandContext } from './commands/decide-slice';
import { handleCommands, type CommandParts } from './commands/handle-commands';
import type { DialogStore } from './dialogs/dialog-store';
import { inMemoryDialogStore } from './dialogs/in-memory-dialog-store';
import { inMemoryHeldCommands } from './held/held-commands';
import { builtInRegistration, inMemoryRegistrationCodes } from './registration/registration-codes';
import { inMemoryRevisionStore } from './revisions/revision-store';

const handsDrill = {
  slug: 'hands',
  title: { en: 'Clean hands' },
  languages: ['en'],
  prompts: [
    {
      slug: 'how-long',
      messages: [{ text: { en: 'For how long do you wash your hands?\n{{options}}' } }],
      options: [
        { id: 'a', text: { en: 'for five seconds' } },
        { id: 'b', text: { en: 'for half a minute' } },
      ],
      key: 'b',
    },
    { slug: 'goodbye', messages: [{ text: { en: 'Thank you for today.' } }] },
  ],
};

const handsFiles = [
  { path: 'course.json', text: JSON.stringify({ slug: 'hygiene', drills: ['hands'] }) },
  { path: 'hands.json', text: JSON.stringify(handsDrill) },
];

/** A course of one small drill, `hands`, judged by the real rules. Throws when those refuse it. */
export const handsCatalogue = (): Catalogue => {
  const { catalogue, problems } = lintFiles(handsFiles);
  if (catalogue === undefined) throw new Error(JSON.stringify(problems));
  return catalogue;
};

/** The same course as files in a folder of its own. */
export const drillsFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'drills-'));
  for (const { path, text: content } of handsFiles) await writeFile(join(folder, path), content);
  return folder;
};

export const ann: Phone = phoneSchema.parse('+12025550143');
export const bob: Phone = phoneSchema.parse('+12025550144');
export const at = timestampSchema.parse('2026-03-01T17:05:00.000Z');

const envelope = (phone: Phone, id: string) => ({
  schemaVersion: 1 as const,
  commandId: commandIdSchema.parse(id),
  phone,
  at,
});

/** A text from a phone. */
export const text = (phone: Phone, id: string, said: string): DialogCommand => ({
  type: 'ReceiveSms',
  ...envelope(phone, id),
  text: said,
});

/** An operator's order to start a drill. */
export const start = (phone: Phone, id: string, drill = 'hands'): Command<'StartDrill'> => ({
  type: 'StartDrill',
  ...envelope(phone, id),
  drill: drillSlugSchema.parse(drill),
  reason: 'operator',
});

/** The record that carries a command, on partition 0. */
export const recordOf = (command: DialogCommand, offset: number): LogRecord => ({
  ...rawRecord(command.phone, encodeCommand(command), offset),
});

/** A record with any bytes. */
export const rawRecord = (key: string | null, value: string | null, offset: number): LogRecord => ({
  topic: topics.dialogCommands,
  partition: 0,
  offset: String(offset),
  key,
  value: value === null ? null : Buffer.from(value),
  headers: {},
  timestamp: 0,
});

/** A batch's surroundings: by default the partition is ours and nothing has been committed. */
export const contextWith = (committed?: string, isCurrent = () => true): CommandContext => ({
  topic: topics.dialogCommands,
  partition: 0,
  committedOffset: () => committed,
  isCurrent,
});

/** A publisher that keeps what it was given, and can be made to fail. */
export const keepingPublisher = (): Publisher & { published: OutgoingRecord[]; broken: boolean } => {
  const publisher = {
    published: [] as OutgoingRecord[],
    broken: false,
    async publish(_topic: string, records: readonly OutgoingRecord[]) {
      if (publisher.broken) throw new PublishFailed(topics.dialogEvents, new Error('Kafka is away'));
      publisher.published.push(...records);
    },
    close: () => Promise.resolve(),
  };
  return publisher;
};

/** The batches of one phone among what was published. */
export const batchesOf = (published: readonly OutgoingRecord[], phone: Phone): readonly DecodedBatch[] =>
  published
    .filter(({ key }) => key === phone)
    .map(({ value }) => {
      const batch = decodeBatch(value ?? '');
      if (!batch.ok) throw new Error(batch.error.reason);
      return batch.value;
    });

/** An engine in memory that knows the code CLEAN1. */
export const engineWith = (overrides: Partial<CommandParts> = {}) => {
  const publisher = keepingPublisher();
  const reports: BatchReport[] = [];
  const store: DialogStore = inMemoryDialogStore();
  const codes = inMemoryRegistrationCodes([
    { code: 'CLEAN1', demo: false, account: { employerName: 'Hotel Aurora' }, createdAt: new Date(0) },
  ]);
  let runs = 0;
  const handle = handleCommands({
    store,
    held: inMemoryHeldCommands(),
    publisher,
    catalogue: fixedCatalogue(handsCatalogue()),
    revisions: inMemoryRevisionStore(),
    registration: builtInRegistration(codes),
    clock: () => at,
    newRunId: () => runIdSchema.parse(`run-${(runs += 1)}`),
    report: (report) => reports.push(report),
    ...overrides,
  });
  return { handle, publisher, store, reports };
};

export const kindsOf = (outcomes: readonly Outcome[]): readonly string[] => outcomes.map(({ kind }) => kind);
