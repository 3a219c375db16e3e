import {
  decodeCommand,
  decodeKeyed,
  type Command,
  type DialogCommand,
  type DialogEvent,
} from '@stopcovid/contracts';
import { evolve, initialState } from '@stopcovid/dialog-core';
import { brokenFor, inVersions, type Chronicle, type Told } from './chronicle';
import type { History, Violation } from './history';

type Ruling = Pick<Command<'RegradeReply'>, 'runId' | 'reply' | 'now' | 'ruling'>;

const nameOf = ({ runId, reply, now, ruling }: Ruling): string =>
  JSON.stringify([runId, reply, now, ruling.group, ruling.number]);

/** The rulings that were given, by the ids of their commands. */
const givenIn = ({ commands }: History): ReadonlyMap<string, string> =>
  new Map(
    commands.flatMap((record) => {
      const read = decodeKeyed<DialogCommand>(record, decodeCommand);
      if (!read.ok || read.value.type !== 'RegradeReply') return [];
      return [[read.value.commandId, nameOf(read.value)] as const];
    }),
  );

const rulingsOn = (events: readonly DialogEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'ReplyRegraded' ? [nameOf(event)] : []));

const wrongIn = (told: readonly Told[], given: ReadonlyMap<string, string>): string | undefined => {
  let state = initialState();
  for (const { batch } of inVersions(told)) {
    const ruling = given.get(batch.commandId);
    const owed = ruling === undefined || state.trainee.registration === null ? [] : [ruling];
    const onRecord = rulingsOn(batch.events);
    if (onRecord.join() !== owed.join())
      return `${batch.commandId} put ${onRecord.length} rulings on record, not ${owed.length}`;
    for (const event of batch.events) state = evolve(state, event, { at: batch.at });
  }
  return undefined;
};

/** I17: a ruling on a reply of somebody registered is on record once, as it was given, and no other is. */
export const rulingsAreOnRecordOnce = (history: History, chronicle: Chronicle): readonly Violation[] => {
  const given = givenIn(history);
  return brokenFor('I17', chronicle, (told) => wrongIn(told, given));
};
