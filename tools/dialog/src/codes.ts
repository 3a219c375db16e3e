import type { Account } from '@stopcovid/contracts';
import {
  addCode,
  disableCode,
  listCodes,
  type CodeChange,
  type RegistrationCode,
  type RegistrationCodes,
} from '@stopcovid/dialog-engine';
import { compileKeywords, defaultKeywords, meaningOf } from '@stopcovid/dialog-core';
import { exitCodes, UsageError, type ExitCode } from './exit';
import type { Terminal } from './terminal';

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

/** Lists all registration codes. */
export const listAll = async (
  codes: RegistrationCodes,
  json: boolean,
  terminal: Terminal,
): Promise<ExitCode> => {
  const all = await listCodes(codes);
  if (json) terminal.out(JSON.stringify(all, null, 2));
  else if (all.length === 0)
    terminal.out('There are no codes yet. Add one: dialog codes add CODE --employer-name "Acme"');
  else for (const code of all) terminal.out(line(code));
  return exitCodes.ok;
};
