import {
  decodeCommand,
  decodeKeyed,
  type CommandId,
  type DialogCommand,
  type Phone,
} from '@stopcovid/contracts';
import {
  compileKeywords,
  defaultKeywords,
  evolve,
  initialState,
  optsOut,
  type DialogState,
} from '@stopcovid/dialog-core';
import type { LogRecord } from '@stopcovid/kafka';
import { isDeepStrictEqual } from 'node:util';
import { firstOf, inVersions, type Chronicle, type Told } from './chronicle';
import type { History, Violation } from './history';
import { groupBy } from '@stopcovid/runtime';

/** I1: each accepted command, and each text that the carrier lists, led to exactly one batch. */
export const tookEffectOnce = ({ accepted, listed }: History, chronicle: Chronicle): readonly Violation[] => {
  const owed = new Map<CommandId, Phone>([
    ...accepted.map(({ commandId, phone }) => [commandId, phone] as const),
    ...listed.map(({ sid, from }) => [sid, from] as const),
  ]);
  const versions = new Map<CommandId, Set<string>>();
  for (const { batch } of [...chronicle.values()].flat()) {
    const known = versions.get(batch.commandId) ?? new Set<string>();
    versions.set(batch.commandId, known.add(`${batch.phone} ${batch.version}`));
  }
  return [...owed].flatMap(([commandId, phone]): readonly Violation[] => {
    const count = versions.get(commandId)?.size ?? 0;
    if (count === 1) return [];
    return [{ invariant: 'I1', phone, detail: `${commandId} took effect ${count} times` }];
  });
};

/** I2: the versions of a phone are 1, 2, 3 … without a hole. */
export const versionsAreDense = (chronicle: Chronicle): readonly Violation[] =>
  [...chronicle].flatMap(([phone, told]): readonly Violation[] => {
    const versions = [...new Set(told.map(({ batch }) => batch.version))].sort((a, b) => a - b);
    const hole = versions.findIndex((version, index) => version !== index + 1);
    if (hole === -1) return [];
    return [
      { invariant: 'I2', phone, detail: `version ${hole + 1} is missing, ${versions.length} are there` },
    ];
  });

const fold = (told: readonly Told[]): DialogState => {
  let state = initialState();
  for (const { batch } of [...told].sort((a, b) => a.batch.version - b.batch.version))
    for (const event of batch.events) state = evolve(state, event, { at: batch.at });
  return state;
};

/** I3: what is stored of a phone is what its batches lead to. */
export const stateIsTheFold = ({ dialogs, held }: History, chronicle: Chronicle): readonly Violation[] => {
  const stored = new Map(dialogs.map((dialog) => [dialog.phone, dialog]));
  const phones = new Set([...stored.keys(), ...chronicle.keys()]);
  return [...phones].flatMap((phone): readonly Violation[] => {
    const dialog = stored.get(phone);
    const told = firstOf(chronicle.get(phone) ?? []);
    const wrong = (detail: string): readonly Violation[] => [{ invariant: 'I3', phone, detail }];
    if (dialog === undefined) return wrong(`${told.length} batches, and no dialog`);
    if (dialog.version !== told.length)
      return wrong(`the dialog is at ${dialog.version}, not ${told.length}`);
    if (held.has(dialog.hold ?? '')) return wrong('commands are still held');
    return isDeepStrictEqual(dialog.state, fold(told))
      ? []
      : wrong('the state is not the fold of its batches');
  });
};

const readable = (commands: readonly LogRecord[]): readonly DialogCommand[] =>
  commands.flatMap((record) => {
    const read = decodeKeyed<DialogCommand>(record, decodeCommand);
    return read.ok ? read.value : [];
  });

const idsInOrder = (commands: readonly LogRecord[]): ReadonlyMap<Phone, readonly CommandId[]> => {
  const order = new Map<Phone, Set<CommandId>>();
  for (const { phone, commandId } of readable(commands))
    order.set(phone, (order.get(phone) ?? new Set<CommandId>()).add(commandId));
  return new Map([...order].map(([phone, ids]) => [phone, [...ids]]));
};

const keywords = compileKeywords(defaultKeywords);

/** Commands that withdraw consent, whether or not there was any to withdraw. */
const optOutsIn = (commands: readonly LogRecord[]): ReadonlySet<CommandId> =>
  new Set(
    readable(commands)
      .filter((command) => optsOut(command, keywords))
      .map(({ commandId }) => commandId),
  );

/**
 * I4: the commands of a phone took effect in the order in which they stand on their topic; but an opt-out overtakes
 * those that wait.
 */
export const orderIsKept = ({ commands }: History, chronicle: Chronicle): readonly Violation[] => {
  const accepted = idsInOrder(commands);
  const optOuts = optOutsIn(commands);
  return [...chronicle].flatMap(([phone, told]): readonly Violation[] => {
    const effects = inVersions(told)
      .filter(({ batch }) => !optOuts.has(batch.commandId))
      .map(({ batch }) => batch.commandId);
    const effective = new Set(effects);
    const expected = (accepted.get(phone) ?? []).filter((id) => effective.has(id));
    const wrong = expected.findIndex((id, index) => id !== effects[index]);
    if (wrong === -1) return [];
    return [
      { invariant: 'I4', phone, detail: `${effects[wrong]} took effect where ${expected[wrong]} was next` },
    ];
  });
};

/** I4: texts of one phone that only a sweep can have brought stand on the topic as the carrier lists them. */
export const sweptInOrder = ({ listed, commands }: History): readonly Violation[] => {
  const places = idsInOrder(commands);
  const untold = groupBy(
    listed.filter((text) => text.untold),
    ({ from }) => from,
  );
  return [...untold].flatMap(([phone, texts]): readonly Violation[] => {
    const expected = texts.map(({ sid }) => sid);
    const swept = (places.get(phone) ?? []).filter((id) => expected.includes(id));
    const wrong = swept.findIndex((id, index) => id !== expected[index]);
    if (wrong === -1) return [];
    return [
      { invariant: 'I4', phone, detail: `${swept[wrong]} was swept where ${expected[wrong]} was next` },
    ];
  });
};

/** I5: first occurrences on the event topic are in the order of their versions, and repeats are the same bytes. */
export const topicTellsInOrder = (chronicle: Chronicle): readonly Violation[] =>
  [...chronicle].flatMap(([phone, told]): readonly Violation[] => {
    const first = firstOf(told);
    const disordered = first.find(({ batch }, index) => batch.version !== index + 1);
    const wires = new Map(first.map(({ batch, wire }) => [batch.version, wire]));
    const changed = told.find(({ batch, wire }) => wires.get(batch.version) !== wire);
    return [
      ...(disordered
        ? [{ invariant: 'I5', phone, detail: `version ${disordered.batch.version} is out of turn` } as const]
        : []),
      ...(changed
        ? [
            {
              invariant: 'I5',
              phone,
              detail: `version ${changed.batch.version} was told in two ways`,
            } as const,
          ]
        : []),
    ];
  });
