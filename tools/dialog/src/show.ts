import { phoneSchema, type Phone } from '@stopcovid/contracts';
import type { DialogStore, StoredDialog } from '@stopcovid/dialog-engine';
import type { ProgressStore } from '@stopcovid/progress-tracker';
import { exitCodes, UsageError, type ExitCode } from './exit';
import type { Terminal } from './terminal';

/** What is shown: the engine's document and the tracker's projection of one phone. */
export type ShownStores = { readonly dialogs: DialogStore; readonly progress: ProgressStore };

/** A phone number as the person typed it. Throws what is wrong with it. */
export const phoneFrom = (typed: string): Phone => {
  const phone = phoneSchema.safeParse(typed);
  if (!phone.success)
    throw new UsageError(`'${typed}' ${phone.error.issues[0]?.message ?? 'is no phone number'}`);
  return phone.data;
};

const describe = (stored: StoredDialog): object => {
  if (stored.kind === 'unreadable') return { unreadable: stored.reason };
  const { version, state, outbox, recentCommandIds } = stored.dialog;
  return { version, ...state, unpublished: outbox.length, recentCommandIds };
};

/** Shows where one phone stands in the engine and in the tracker. */
export const show = async (stores: ShownStores, typed: string, terminal: Terminal): Promise<ExitCode> => {
  const phone = phoneFrom(typed);
  const [dialogs, progress, runs] = await Promise.all([
    stores.dialogs.load([phone]),
    stores.progress.trainee(phone),
    stores.progress.runsOf(phone, 20),
  ]);
  const dialog = dialogs.get(phone);
  if (!dialog && !progress) {
    terminal.err(`nothing was ever heard of ${phone}`);
    return exitCodes.problems;
  }
  terminal.out(
    JSON.stringify(
      { phone, dialog: dialog ? describe(dialog) : null, progress: progress ?? null, runs },
      null,
      2,
    ),
  );
  return exitCodes.ok;
};
