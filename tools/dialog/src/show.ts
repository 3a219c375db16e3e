import { phoneSchema, type Phone } from '@stopcovid/contracts';
import type { DialogStore, HeldCommands, StoredDialog } from '@stopcovid/dialog-engine';
import type { ProgressStore } from '@stopcovid/progress-tracker';
import type { DeadLetterRow } from './dead-letter-row';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { redacted } from './record-view';
import type { Terminal } from './terminal';

/** What sms-sender keeps of a phone, as far as an operator asks. */
export type ShownOutbox = {
  readonly lastVersion: number;
  readonly optedOut: boolean;
  readonly carrierOptOut: boolean;
  readonly notBefore: number;
  readonly pending: readonly object[];
  readonly parked: readonly object[];
  readonly gap?: object | undefined;
};

/** What is shown of one phone: the engine's, the tracker's and the sender's view. */
export type ShownStores = {
  readonly dialogs: Pick<DialogStore, 'load'>;
  readonly held: Pick<HeldCommands, 'under'>;
  readonly progress: Pick<ProgressStore, 'trainee' | 'runsOf'>;
  readonly outbox: (phone: Phone) => Promise<ShownOutbox | undefined>;
  /** Only when they were asked for: their topics are read from end to end. */
  readonly deadLetters?: (phone: Phone) => Promise<readonly DeadLetterRow[]>;
};

/** A phone number as the person typed it. Throws what is wrong with it. */
export const phoneFrom = (typed: string): Phone => {
  const phone = phoneSchema.safeParse(typed);
  if (!phone.success)
    throw new UsageError(`'${typed}' ${phone.error.issues[0]?.message ?? 'is no phone number'}`);
  return phone.data;
};

const latestRuns = 20;

const describe = async (stored: StoredDialog, held: ShownStores['held']): Promise<object> => {
  if (stored.kind === 'unreadable') return { unreadable: stored.reason };
  const { version, state, outbox, recentCommandIds, hold } = stored.dialog;
  const waiting = hold ? await held.under([hold]) : [];
  return {
    version,
    ...state,
    unpublished: outbox.length,
    held: waiting.map(({ commandId, partition, offset }) => ({ commandId, partition, offset })),
    recentCommandIds,
  };
};

const describeOutbox = (outbox: ShownOutbox): object => {
  const { lastVersion, optedOut, carrierOptOut, notBefore, pending, parked, gap } = outbox;
  return {
    lastVersion,
    optedOut,
    carrierOptOut,
    ...(notBefore > 0 ? { notBefore: new Date(notBefore).toISOString() } : {}),
    pending,
    parked,
    ...(gap === undefined ? {} : { gap }),
  };
};

/** All that is known of a phone; undefined when nothing was ever heard of it. */
const find = async (
  { dialogs, held, progress, outbox, deadLetters }: ShownStores,
  phone: Phone,
): Promise<object | undefined> => {
  const [stored, trainee, runs, out, letters] = await Promise.all([
    dialogs.load([phone]),
    progress.trainee(phone),
    progress.runsOf(phone, latestRuns),
    outbox(phone),
    deadLetters?.(phone),
  ]);
  const dialog = stored.get(phone);
  if ([dialog, trainee, out, letters?.[0]].every((one) => one === undefined)) return undefined;
  return {
    dialog: dialog ? await describe(dialog, held) : null,
    progress: trainee ?? null,
    runs,
    sender: out ? describeOutbox(out) : null,
    ...(letters === undefined ? {} : { deadLetters: letters.map(({ key: _key, ...row }) => row) }),
  };
};

export type ShowOptions = { readonly phone: Phone; readonly full: boolean };

/** Shows where one phone stands with each service; without `full`, what is personal is left out. */
export const show = async (
  stores: ShownStores,
  { phone, full }: ShowOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const found = await find(stores, phone);
  if (!found) {
    terminal.err(`nothing was ever heard of ${phone}`);
    return exitCodes.problems;
  }
  const plain: unknown = JSON.parse(JSON.stringify(found));
  terminal.out(JSON.stringify({ phone, ...Object(full ? plain : redacted(plain)) }, null, 2));
  return exitCodes.ok;
};
