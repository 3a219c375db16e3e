import { decodeCommand, decodeKeyed, type CommandId, type DialogCommand } from '@stopcovid/contracts';
import { initialState } from '@stopcovid/dialog-core';
import { isDeepStrictEqual } from 'node:util';
import { brokenFor, inVersions, type Chronicle, type Told } from './chronicle';
import type { History, Violation } from './history';

const givenIn = ({ commands }: History): ReadonlySet<CommandId> =>
  new Set(
    commands.flatMap((record) => {
      const read = decodeKeyed<DialogCommand>(record, decodeCommand);
      return read.ok && read.value.type === 'EraseTrainee' ? [read.value.commandId] : [];
    }),
  );

const nobody = initialState().trainee;

const wrongIn = (told: readonly Told[], given: ReadonlySet<CommandId>): string | undefined => {
  let optedOut = false;
  for (const { batch } of inVersions(told)) {
    const erases = batch.events.filter(({ type }) => type === 'TraineeErased').length;
    if (erases !== Number(given.has(batch.commandId)))
      return `${batch.commandId} put ${erases} erasures on record`;
    if (erases > 0 && !isDeepStrictEqual(batch.trainee, { ...nobody, optedOut }))
      return `${batch.commandId} left the trainee as somebody, or changed what they consent to`;
    optedOut = batch.trainee.optedOut;
  }
  return undefined;
};

/** I18: an erasure is on record once for each that was asked for, and leaves nobody behind but for an opt-out. */
export const erasuresLeaveNobody = (history: History, chronicle: Chronicle): readonly Violation[] => {
  const given = givenIn(history);
  return brokenFor('I18', chronicle, (told) => wrongIn(told, given));
};
