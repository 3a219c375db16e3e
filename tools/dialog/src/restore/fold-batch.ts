import { mayBegin, type DecodedBatch } from '@stopcovid/contracts';
import { evolve } from '@stopcovid/dialog-core';
import type { Dialog } from '@stopcovid/dialog-engine';

/**
 * What a batch on the topic is to a dialog. `known`: the dialog has it. `hole`: one before it is missing. `forked`: the
 * dialog decided something else under this version. `future`: it tells of events that only a later release can fold.
 */
export type Folded =
  | { readonly kind: 'next'; readonly dialog: Dialog }
  | { readonly kind: 'known' | 'hole' | 'forked' | 'future' };

const keptIds = 64;

/* A copy without the erased begins with their erasure. */
const follows = ({ version }: Dialog, batch: DecodedBatch): boolean =>
  batch.version === version + 1 || (version === 0 && mayBegin(batch));

const idsOf = ({ recentCommandIds, outbox }: Dialog): Dialog['recentCommandIds'] => [
  ...recentCommandIds,
  ...outbox.map(({ commandId }) => commandId),
];

/* The dialog's last batch is not behind its recent ids: whoever decided it remembers it. */
const isForked = (dialog: Dialog, { version, commandId }: DecodedBatch): boolean =>
  version === dialog.version && !idsOf(dialog).includes(commandId);

/**
 * The dialog after the next batch of its phone. All that it had not told yet stands before this batch on the topic, so it
 * is out, and its commands are among those that it remembers.
 */
export const foldBatch = (dialog: Dialog, batch: DecodedBatch): Folded => {
  if (isForked(dialog, batch)) return { kind: 'forked' };
  if (batch.version <= dialog.version) return { kind: 'known' };
  if (!follows(dialog, batch)) return { kind: 'hole' };
  if (batch.unknownEvents.length > 0) return { kind: 'future' };
  const state = batch.events.reduce((sofar, event) => evolve(sofar, event, batch), dialog.state);
  const recentCommandIds = [...idsOf(dialog), batch.commandId].slice(-keptIds);
  return { kind: 'next', dialog: { ...dialog, version: batch.version, state, outbox: [], recentCommandIds } };
};
