import {
  dialogCommandSchema,
  languageSchema,
  phoneSchema,
  runIdSchema,
  timestampSchema,
  type DrillRevision,
  type Phone,
} from '@stopcovid/contracts';
import {
  compileKeywords,
  defaultKeywords,
  evolve,
  initialState,
  step,
  type DialogState,
} from '@stopcovid/dialog-core';
import { readCatalogue } from '@stopcovid/drills';

/** Which trainee says what: `turn` counts the commands of one trainee. */
export type CommandPlace = { readonly trainee: number; readonly turn: number };
export type WireCommand = { readonly phone: Phone; readonly commandId: string; readonly value: string };

const at = timestampSchema.parse('2026-03-01T17:05:00.000Z');
const drill = '01-clean-hands';
const commandBytes = 300;

/** A phone of a reserved range: nobody's. */
export const phoneOf = (trainee: number): Phone =>
  phoneSchema.parse(`+1999${String(trainee).padStart(7, '0')}`);

/** One drill takes one trainee so many commands: its start, and replies until it is over. */
export const commandsPerDrill = 7;

const orderOf = (turn: number): object =>
  turn % commandsPerDrill === commandsPerDrill - 1
    ? { type: 'StartDrill', drill, reason: 'operator' }
    : { type: 'ReceiveSms', text: turn % 3 === 0 ? 'a' : 'b', to: '+12025550100' };

/** A command of about 300 bytes; a field that nobody reads fills it up. `run` keeps the ids of two runs apart. */
export const commandOf = ({ trainee, turn }: CommandPlace, run: string): WireCommand => {
  const commandId = `SM${run}${String(trainee).padStart(8, '0')}${String(turn).padStart(16, '0')}`;
  const phone = phoneOf(trainee);
  const body = { schemaVersion: 1, commandId, phone, at, ...orderOf(turn), filler: '' };
  const missing = commandBytes - JSON.stringify(body).length;
  return { phone, commandId, value: JSON.stringify({ ...body, filler: 'x'.repeat(Math.max(0, missing)) }) };
};

/** The `index`-th command when so many trainees take turns, the first of them having had `turn` turns before. */
export const placeOf = (index: number, trainees: number, turn = 0): CommandPlace => ({
  trainee: index % trainees,
  turn: turn + Math.floor(index / trainees),
});

/** The revision of the sample drill that the trainees take. Throws when the drills cannot be read. */
export const revisionIn = async (directory: string): Promise<DrillRevision> => {
  const read = await readCatalogue(directory);
  const revision = read.ok
    ? [...read.catalogue.revisions.values()].find(({ content }) => content.slug === drill)
    : undefined;
  if (revision === undefined) throw new Error(`there is no drill ${drill} in ${directory}`);
  return revision;
};

/** A registered trainee before the first question of the drill. */
export const openingState = (revision: DrillRevision): DialogState => {
  const update = {
    type: 'TraineeUpdated',
    profile: { language: languageSchema.parse('en'), name: 'Ana' },
    account: { employerId: 'acme', employerName: 'Acme Kitchens' },
  } as const;
  const start = evolve(initialState(), update, { at });
  const command = dialogCommandSchema.parse(
    JSON.parse(commandOf({ trainee: 0, turn: commandsPerDrill - 1 }, 'seed').value),
  );
  const keywords = compileKeywords(defaultKeywords);
  return step(start, command, { at, keywords, drill: revision, runId: runIdSchema.parse('run-of-bench') })
    .state;
};

const rememberedIds = 13;

/** A trainee's document of about a kilobyte, in the form that our engine keeps; every contestant gets the same. */
export const documentOf = (trainee: number, state: DialogState) => ({
  _id: phoneOf(trainee),
  version: 1,
  writeId: 'seed',
  state,
  outbox: [],
  recentCommandIds: Array.from(
    { length: rememberedIds },
    (_, index) => `SMseed${String(trainee).padStart(8, '0')}${String(index).padStart(20, '0')}`,
  ),
});
