import { createHash } from 'node:crypto';
import { parseZone } from '@stopcovid/calendar';
import {
  dialogCommandSchema,
  commandRecord,
  timestampSchema,
  topics,
  type DialogCommand,
  type Phone,
} from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import { given } from '../given';
import { readImport, type ImportedRow, type Reject } from '../import/read-import';
import type { RowRules, TraineeRow } from '../import/trainee-row';
import type { TraineeProgress } from '../progress/evolve-progress';
import type { ProgressStore } from '../progress/progress-store';

/** A file of trainees, and what holds for rows that do not say otherwise. */
export type ImportRequest = {
  readonly bytes: AsyncIterable<Buffer>;
  readonly country?: string | undefined;
  readonly employerId?: string | undefined;
  /** Reads and judges every row, and publishes nothing. */
  readonly dryRun: boolean;
};

/** What importing works with. */
export type ImportParts = {
  readonly store: Pick<ProgressStore, 'load'>;
  readonly publisher: Pick<Publisher, 'publish'>;
  readonly now: () => Date;
  readonly onReject: (reject: Reject) => void;
  /** Called after each chunk with what was done so far. */
  readonly onProgress?: (counts: ImportCounts) => void;
};

/** How many rows there were, and what became of them: every row is one of the other three. */
export type ImportCounts = {
  readonly rows: number;
  /** Phones that are to be registered. */
  readonly enrolled: number;
  /** Phones that were registered before: what the row says is merged, but for its consent. That on record stays. */
  readonly updated: number;
  /** Of those that were taken, phones that have opted out and stay so: no list brings consent back. */
  readonly optedOut: number;
  readonly rejected: number;
};

type Accepted = Extract<ImportedRow, { ok: true }>;

/* One request to each store: what is in memory is a chunk, however long the file. */
const atOnce = 500;

const rulesOf = ({ country, employerId }: ImportRequest): RowRules => ({
  ...given({ country, employerId }),
  readZone: (typed) => {
    const parsed = parseZone(typed);
    return parsed.ok ? { zone: parsed.value } : { problem: parsed.problem };
  },
});

/* The same row is the same command, whenever it comes: the engine decides an id once. */
const idOf = (kind: 'enrol' | 'update', row: TraineeRow): string =>
  `import:${createHash('sha256')
    .update(JSON.stringify([kind, row]))
    .digest('hex')
    .slice(0, 40)}`;

const profileIn = ({ name, language, timeZone }: TraineeRow, zoneTold: boolean): object =>
  given({
    name,
    language,
    ...(zoneTold || timeZone === undefined ? {} : { timeZone, timeZoneSource: 'import' }),
  });

const accountIn = ({ account, dates }: TraineeRow): object => ({
  ...account,
  ...(Object.keys(dates).length === 0 ? {} : { dates }),
});

const enrolment = (row: TraineeRow): object => ({
  type: 'EnrolTrainee',
  commandId: idOf('enrol', row),
  code: 'import',
  source: 'import',
  profile: profileIn(row, false),
  account: accountIn(row),
  consent: { source: row.consent.source, at: row.consent.on },
});

/* What people told us themselves is better than what a list says. */
const update = (row: TraineeRow, { trainee }: TraineeProgress): object => ({
  type: 'UpdateTrainee',
  commandId: idOf('update', row),
  profile: profileIn(row, trainee.profile.timeZoneSource === 'trainee'),
  account: accountIn(row),
});

type Judged =
  | { readonly ok: true; readonly command: DialogCommand }
  | { readonly ok: false; readonly reject: Reject };

const judge = ({ row, line, cells }: Accepted, known: TraineeProgress | undefined, at: Date): Judged => {
  const isRegistered = known !== undefined && known.trainee.registration !== null;
  const parsed = dialogCommandSchema.safeParse({
    schemaVersion: 1,
    phone: row.phone,
    at: timestampSchema.parse(at.toISOString()),
    ...(isRegistered ? update(row, known) : enrolment(row)),
  });
  if (parsed.success) return { ok: true, command: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return { ok: false, reject: { line, cells, problems } };
};

const knownOf = async (
  { store }: ImportParts,
  rows: readonly Accepted[],
): Promise<ReadonlyMap<Phone, TraineeProgress>> =>
  (
    await store.load(
      rows.map(({ row }) => row.phone),
      [],
    )
  ).trainees;

const publish = async (commands: readonly DialogCommand[], { publisher }: ImportParts): Promise<void> => {
  if (commands.length === 0) return;
  await publisher.publish(
    topics.dialogCommands,
    commands.map((command) => commandRecord(command)),
  );
};

const takeChunk = async (
  chunk: readonly ImportedRow[],
  { dryRun }: ImportRequest,
  parts: ImportParts,
): Promise<ImportCounts> => {
  const known = await knownOf(
    parts,
    chunk.filter((row) => row.ok),
  );
  const at = parts.now();
  const judged = chunk.map((row): Judged =>
    row.ok ? judge(row, known.get(row.row.phone), at) : { ok: false, reject: row },
  );
  const commands = judged.flatMap((each) => (each.ok ? [each.command] : []));
  if (!dryRun) await publish(commands, parts);
  for (const each of judged) if (!each.ok) parts.onReject(each.reject);
  const enrolled = commands.filter(({ type }) => type === 'EnrolTrainee').length;
  return {
    rows: chunk.length,
    enrolled,
    updated: commands.length - enrolled,
    optedOut: commands.filter(({ phone }) => known.get(phone)?.trainee.optedOut === true).length,
    rejected: chunk.length - commands.length,
  };
};

const sum = (one: ImportCounts, other: ImportCounts): ImportCounts => ({
  rows: one.rows + other.rows,
  enrolled: one.enrolled + other.enrolled,
  updated: one.updated + other.updated,
  optedOut: one.optedOut + other.optedOut,
  rejected: one.rejected + other.rejected,
});

/** What has been done before the first row. */
export const noneImported: ImportCounts = { rows: 0, enrolled: 0, updated: 0, optedOut: 0, rejected: 0 };

async function* chunksOf(rows: AsyncIterable<ImportedRow>): AsyncGenerator<readonly ImportedRow[]> {
  let chunk: ImportedRow[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < atOnce) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/**
 * Takes a file of trainees, chunk by chunk: the next is read when the last is on the topic. A bad row is rejected and
 * the good ones go on; the same file again changes nothing. Throws NotATable when the file cannot be used, or breaks
 * off: what was taken until then stays, and `onProgress` has said how much. Throws PublishFailed when Kafka is away.
 */
export const importTrainees = async (request: ImportRequest, parts: ImportParts): Promise<ImportCounts> => {
  let counts = noneImported;
  for await (const chunk of chunksOf(readImport(request.bytes, rulesOf(request)))) {
    counts = sum(counts, await takeChunk(chunk, request, parts));
    parts.onProgress?.(counts);
  }
  return counts;
};
