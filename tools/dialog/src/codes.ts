import type { Account } from '@stopcovid/contracts';
import { compileKeywords, defaultKeywords, meaningOf } from '@stopcovid/dialog-core';
import {
  addCode,
  disableCode,
  listCodes,
  mongoRegistrationCodes,
  type CodeChange,
  type RegistrationCode,
  type RegistrationCodes,
} from '@stopcovid/dialog-engine';
import type { Command } from 'commander';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { onMongo, withMongoOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';
import { severalTyped } from './typed';

export type NewCodeOptions = {
  readonly demo?: boolean;
  readonly employerId?: string;
  readonly employerName?: string;
  readonly unitId?: string;
  readonly unitName?: string;
  readonly label?: readonly string[];
  readonly messagingServiceSid?: string;
};

const keywords = compileKeywords(defaultKeywords);

const accountOf = ({ demo: _demo, label, ...fields }: NewCodeOptions): Account => ({
  ...fields,
  ...(label === undefined || label.length === 0 ? {} : { labels: [...new Set(label)] }),
});

const said: Readonly<Record<CodeChange, (code: string) => string>> = {
  done: (code) => `${code}: done`,
  notACode: (code) => `'${code}' cannot be a code: it takes one word of 3 to 32 letters, digits or hyphens`,
  alreadyThere: (code) => `${code} is there already and stays as it is`,
  unknown: (code) => `there is no code ${code}`,
};

const tell = (change: CodeChange, code: string, terminal: Terminal): ExitCode => {
  if (change === 'notACode') throw new UsageError(said.notACode(code));
  terminal.out(said[change](code));
  return change === 'done' ? exitCodes.ok : exitCodes.problems;
};

/** Adds a registration code. */
export const addOne = async (
  codes: RegistrationCodes,
  request: { readonly code: string; readonly options: NewCodeOptions },
  terminal: Terminal,
): Promise<ExitCode> => {
  const { code, options } = request;
  if (meaningOf(keywords, code) !== undefined)
    throw new UsageError(`'${code}' is a keyword: whoever texts it would never be registered`);
  const change = await addCode(
    codes,
    { code, demo: options.demo ?? false, account: accountOf(options) },
    new Date(),
  );
  return tell(change, code, terminal);
};

/** Ends a registration code; who registered by it stays registered. */
export const disableOne = async (
  codes: RegistrationCodes,
  code: string,
  terminal: Terminal,
): Promise<ExitCode> => tell(await disableCode(codes, code, new Date()), code, terminal);

const line = ({ code, demo, account, disabledAt }: RegistrationCode): string =>
  [
    code.padEnd(20),
    demo ? 'demo' : '    ',
    [account.employerName ?? account.employerId, account.unitName ?? account.unitId]
      .filter(Boolean)
      .join(' / '),
    disabledAt === undefined ? '' : `(disabled ${disabledAt.toISOString()})`,
  ]
    .join('  ')
    .trimEnd();

/** Lists all registration codes that can be read, and says which cannot. */
export const listAll = async (
  codes: RegistrationCodes,
  json: boolean,
  terminal: Terminal,
): Promise<ExitCode> => {
  const { codes: all, unreadable } = await listCodes(codes);
  if (json) terminal.out(JSON.stringify(all, null, 2));
  else if (all.length + unreadable.length === 0)
    terminal.out('There are no codes yet. Add one: dialog codes add CODE --employer-name "Acme"');
  else for (const code of all) terminal.out(line(code));
  for (const { code, reason } of unreadable) terminal.err(`${code} cannot be read: ${reason}`);
  return unreadable.length === 0 ? exitCodes.ok : exitCodes.problems;
};

/** `dialog codes`: registration codes of our own. */
export const addCodes = (program: Command, surroundings: Surroundings): void => {
  const { terminal, ending } = surroundings;
  const codes = program.command('codes');
  const use = async (
    errand: { readonly flags: ServerFlags; readonly changes: boolean },
    act: (codes: RegistrationCodes) => Promise<ExitCode>,
  ): Promise<void> => {
    ending.code = await onMongo(errand, surroundings, (mongo) => act(mongoRegistrationCodes(mongo)));
  };
  withMongoOptions(codes.command('add').description('add a code; people who text it are registered'))
    .argument('<code>', 'one word of 3 to 32 letters, digits or hyphens')
    .option('--demo', 'for demonstrations: may register again with another code')
    .option('--employer-id <id>')
    .option('--employer-name <name>')
    .option('--unit-id <id>')
    .option('--unit-name <name>')
    .option('--label <label>', 'may be given several times', severalTyped)
    .option('--messaging-service-sid <sid>', 'sends to these people instead of the default service')
    .action((code: string, { mongodb, environment, ...options }: NewCodeOptions & ServerFlags) =>
      use({ flags: flagsOf(mongodb, environment), changes: true }, (store) =>
        addOne(store, { code, options }, terminal),
      ),
    );
  withMongoOptions(codes.command('list').description('list all codes'))
    .option('--json')
    .action((flags: ServerFlags & { json?: boolean }) =>
      use({ flags, changes: false }, (store) => listAll(store, flags.json ?? false, terminal)),
    );
  withMongoOptions(codes.command('disable').description('end a code; who registered by it stays registered'))
    .argument('<code>')
    .action((code: string, flags: ServerFlags) =>
      use({ flags, changes: true }, (store) => disableOne(store, code, terminal)),
    );
};

const flagsOf = (mongodb: string | undefined, environment: string | undefined): ServerFlags => ({
  ...(mongodb === undefined ? {} : { mongodb }),
  ...(environment === undefined ? {} : { environment }),
});
