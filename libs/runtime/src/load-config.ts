import { validateSync } from 'class-validator';
import { Secret } from './secret';
import { type ConfigClass, type DeclaredSetting, settingsOf } from './settings';

/** The environment as Node gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment does not fit the configuration; the message names every bad variable with an example. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    type: string,
    readonly problems: readonly string[],
  ) {
    const count = problems.length === 1 ? '1 variable is' : `${problems.length} variables are`;
    super([`${type}: ${count} not right`, ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly wanted: string };

const parsed = (value: unknown): Parsed => ({ ok: true, value });
const refused = (wanted: string): Parsed => ({ ok: false, wanted });

const yes = new Set(['true', 'yes', 'on', '1']);
const no = new Set(['false', 'no', 'off', '0']);

const parseBoolean = (text: string): Parsed => {
  const word = text.toLowerCase();
  if (yes.has(word)) return parsed(true);
  return no.has(word) ? parsed(false) : refused('must be true or false');
};

const parseList = (text: string): Parsed =>
  parsed(
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

/** `new URL` alone takes `localhost:3000` for an address of the scheme `localhost`. */
const parseAddress = (text: string): Parsed =>
  /^https?:\/\/[^/]/i.test(text) && URL.canParse(text)
    ? parsed(new URL(text))
    : refused('must be an absolute address that begins with http:// or https://');

const parse = (setting: DeclaredSetting, text: string): Parsed => {
  switch (setting.type) {
    case 'number':
      return Number.isFinite(Number(text)) ? parsed(Number(text)) : refused('must be a number');
    case 'yes or no':
      return parseBoolean(text);
    case 'list':
      return parseList(text);
    case 'url':
      return parseAddress(text);
    case 'secret':
      return parsed(new Secret(text));
    case 'text':
      return parsed(text);
  }
};

const exampleOf = ({ name, example }: DeclaredSetting): string => `Example: ${name}=${example}`;

const shown = (setting: DeclaredSetting, text: string): string =>
  setting.type === 'secret' ? `${setting.name}` : `${setting.name} is ${JSON.stringify(text)} and`;

/** Sets what the environment says; what it says wrongly or leaves out comes back as problems by name. */
const fill = (
  config: object,
  settings: readonly DeclaredSetting[],
  env: Environment,
): Map<string, string> => {
  const problems = new Map<string, string>();
  for (const setting of settings) {
    const text = env[setting.name]?.trim() ?? '';
    const read = text === '' ? undefined : parse(setting, text);
    if (read?.ok) Reflect.set(config, setting.name, read.value);
    else if (read) problems.set(setting.name, `${shown(setting, text)} ${read.wanted}.`);
    else if (!setting.optional && Reflect.get(config, setting.name) === undefined)
      problems.set(setting.name, `${setting.name} is not set: ${setting.description}`);
  }
  return problems;
};

const violations = (
  config: object,
  settings: readonly DeclaredSetting[],
  env: Environment,
): Map<string, string> => {
  const errors = validateSync(config, { skipUndefinedProperties: true, forbidUnknownValues: false });
  return new Map(
    errors.map((error) => {
      const setting = settings.find(({ name }) => name === error.property);
      const said = Object.values(error.constraints ?? {}).map((text) =>
        text.replace(`${error.property} `, ''),
      );
      const start = setting ? shown(setting, env[error.property] ?? 'unset') : error.property;
      return [error.property, `${start} ${said.join(', ') || 'is not valid'}.`];
    }),
  );
};

/**
 * Reads a configuration from the environment. Variables that the class does not declare are ignored, an empty one
 * counts as not set. Throws one ConfigError that names every bad variable, what is wrong with it and an example.
 */
export const loadConfig = <T extends object>(type: ConfigClass<T>, env: Environment): T => {
  const settings = settingsOf(type);
  const config = new type();
  const problems = fill(config, settings, env);
  for (const [name, problem] of violations(config, settings, env))
    if (!problems.has(name)) problems.set(name, problem);
  if (problems.size === 0) return config;
  const withExamples = [...problems].map(([name, problem]) => {
    const setting = settings.find((candidate) => candidate.name === name);
    return setting ? `${problem} ${exampleOf(setting)}` : problem;
  });
  throw new ConfigError(type.name, withExamples);
};
