import {
  addKey,
  holdsAt,
  mongoApiKeys,
  mostKeys,
  type ApiKey,
  type ApiKeys,
} from '@stopcovid/progress-tracker';
import type { Command } from 'commander';
import { personAt } from './act';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { onMongo, withMongoOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import { tableOf } from './table';
import type { Terminal } from './terminal';
import { countTyped, severalTyped } from './typed';

type Change = { readonly by: string; readonly at: Date };

/** Adds a key and prints it, this once. Throws UsageError with what is wrong, by field. */
export const addNewKey = async (
  content: unknown,
  change: Change,
  { keys, terminal }: { readonly keys: ApiKeys; readonly terminal: Terminal },
): Promise<ExitCode> => {
  const answer = await addKey(content, change, keys);
  switch (answer.kind) {
    case 'invalid':
      throw new UsageError(answer.problems.join('\n'));
    case 'taken':
      terminal.err('There is a key of this name, or was: take another name.');
      return exitCodes.problems;
    case 'tooMany':
      terminal.err(`${mostKeys} keys hold, which is the most: revoke some first.`);
      return exitCodes.problems;
    case 'added':
      terminal.err(`The key of ${answer.added.name}, shown this once; it holds within a few seconds:`);
      terminal.out(answer.key);
      return exitCodes.ok;
  }
};

const stateOf = (key: ApiKey, now: Date): string => {
  if (key.revoked !== undefined) return `revoked by ${key.revoked.by} at ${key.revoked.at.toISOString()}`;
  if (!holdsAt(key, now)) return 'expired';
  return key.expiresAt === undefined ? 'holds' : `holds until ${key.expiresAt.toISOString()}`;
};

const headings = ['name', 'role', 'employers', 'created', 'last used', 'state'];
const rowOf = (key: ApiKey, now: Date): readonly string[] => [
  key.name,
  key.role,
  key.employers?.join(',') ?? 'all',
  `${key.createdAt.toISOString()} by ${key.createdBy}`,
  key.lastUsedAt?.toISOString() ?? 'never',
  stateOf(key, now),
];

/** Lists keys, also those that hold no more. `problems` where some cannot be read. */
export const listKeys = async (keys: ApiKeys, now: Date, terminal: Terminal): Promise<ExitCode> => {
  const { keys: readable, unreadable } = await keys.all();
  if (readable.length === 0) terminal.err('no keys yet: those of the environment are all that hold');
  else
    for (const line of tableOf(
      headings,
      readable.map((key) => rowOf(key, now)),
    ))
      terminal.out(line);
  for (const name of unreadable) terminal.err(`the key ${name} cannot be read, and lets nobody in`);
  return unreadable.length === 0 ? exitCodes.ok : exitCodes.problems;
};

/** Revokes a key. `problems` when there is none that is not revoked already. */
export const revokeKey = async (
  name: string,
  change: Change,
  { keys, terminal }: { readonly keys: ApiKeys; readonly terminal: Terminal },
): Promise<ExitCode> => {
  if (await keys.revoke(name, change)) {
    terminal.err(`${name} lets nobody in any more, within five seconds.`);
    return exitCodes.ok;
  }
  terminal.err('There is no key of this name that is not revoked already.');
  return exitCodes.problems;
};

type AddFlags = ServerFlags & {
  readonly role: string;
  readonly employer?: readonly string[];
  readonly days?: number;
};

const dayMs = 86_400_000;
const requestIn = (name: string, { role, employer, days }: AddFlags, at: Date): object => ({
  name,
  role,
  ...(employer === undefined ? {} : { employers: employer }),
  ...(days === undefined ? {} : { expiresAt: new Date(at.getTime() + days * dayMs).toISOString() }),
});

const help = `
An analyst reads, an operator also acts, an admin also sets budgets and schedules and manages keys.
A key that is limited to employers learns nothing of others, and acts on none of them.`;

/** `dialog keys`: who may ask the tracker, beside those whose keys are in its environment. */
export const addKeys = (program: Command, surroundings: Surroundings): void => {
  const { terminal } = surroundings;
  const command = program.command('keys').addHelpText('after', help);
  const on = async (
    errand: { readonly flags: ServerFlags; readonly changes: boolean },
    act: (keys: ApiKeys, change: Change) => Promise<ExitCode>,
  ): Promise<void> => {
    const change = { by: personAt(surroundings), at: new Date() };
    surroundings.ending.code = await onMongo(errand, surroundings, (mongo) =>
      act(mongoApiKeys(mongo), change),
    );
  };
  const add = command
    .command('add')
    .description('make a key, and show it once')
    .argument('<name>', 'who it is of: lower-case words joined by hyphens, never given again')
    .requiredOption('--role <role>', 'analyst, operator or admin')
    .option('--employer <id>', 'limits it to this employer; may be given several times', severalTyped)
    .option('--days <count>', 'for so many days; for good where it is left out', countTyped);
  withMongoOptions(add).action((name: string, flags: AddFlags) =>
    on({ flags, changes: true }, (keys, change) =>
      addNewKey(requestIn(name, flags, change.at), change, { keys, terminal }),
    ),
  );
  withMongoOptions(command.command('list').description('all of them, without the keys themselves')).action(
    (flags: ServerFlags) => on({ flags, changes: false }, (keys, { at }) => listKeys(keys, at, terminal)),
  );
  withMongoOptions(command.command('revoke').description('let nobody in by it').argument('<name>')).action(
    (name: string, flags: ServerFlags) =>
      on({ flags, changes: true }, (keys, change) => revokeKey(name, change, { keys, terminal })),
  );
};
