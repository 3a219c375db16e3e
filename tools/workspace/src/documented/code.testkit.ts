import { filesBelow, read } from '../repository.testkit';

/** The four services that a deployment runs. */
export const services = ['sms-ingress', 'dialog-engine', 'sms-sender', 'progress-tracker'] as const;
export type Service = (typeof services)[number];

/** The text of each source file of a project that runs in production. */
export const sourcesOf = (project: string): readonly string[] =>
  filesBelow(`${project}/src`)
    .filter((file) => file.endsWith('.ts') && !/\.(spec|testkit|contract)\.ts$/.test(file))
    .map(read);

const found = (texts: readonly string[], pattern: RegExp): readonly string[] =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name));

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/** The name of each topic by its key in `topics`. */
export const topicNames: Readonly<Record<string, string>> = Object.fromEntries(
  [...read('libs/contracts/src/topics.ts').matchAll(/^  (\w+): '([\w.]+)',$/gm)].map(([, key, topic]) => [
    key,
    topic,
  ]),
);
const topicsIn = (service: Service, pattern: RegExp): readonly string[] =>
  sorted(found(sourcesOf(`apps/${service}`), pattern).map((key) => topicNames[key] ?? `no topic: ${key}`));

/** The topics that a service's handlers are bound to. */
export const consumedBy = (service: Service): readonly string[] =>
  topicsIn(service, /@EventPattern\(\s*topics\.(\w+)/g);

/** The topics that a service publishes to, other than dead letters. */
export const producedBy = (service: Service): readonly string[] =>
  topicsIn(service, /publish\(\s*topics\.(\w+)/g);

const named = /(?:\bcollection(?:Name)?(?:<[^>]*>)?(?:: | = |\()|\(connection, )'([a-z][a-z_]*)'/g;
const byConstant = /\.collection(?:<[^>]*>)?\((\w+)\)/g;

const constantsIn = (text: string): readonly string[] =>
  found([text], byConstant).flatMap(
    (name) => new RegExp(`const ${name} = '([a-z_]+)'`).exec(text)?.[1] ?? [],
  );

/** The collections that a service's sources name, in a schema, a call or a constant of the same file. */
export const collectionsOf = (service: Service): readonly string[] => {
  const texts = sourcesOf(`apps/${service}`);
  return sorted([...found(texts, named), ...texts.flatMap(constantsIn)]);
};

const joined = (...parts: readonly string[]): string =>
  `/${parts
    .map((part) => part.replace(/^\/|\/$/g, ''))
    .filter((part) => part !== '')
    .join('/')}`;

const constantIn = (text: string, name: string): string => {
  const value = new RegExp(`const ${name} = '([^']*)'`).exec(text)?.[1];
  if (value === undefined)
    throw new Error(`a controller's path is ${name}, which is no constant of its file`);
  return value;
};

const prefixIn = (text: string): string | undefined => {
  const [, quoted, named] = /@Controller\((?:'([^']*)'|(\w+))?\)/.exec(text) ?? [];
  return named === undefined ? quoted : constantIn(text, named);
};

/** The routes that a project's controllers serve, as documents write them: `GET /v1/trainees/{phone}`. */
export const routesOf = (project: string): readonly string[] =>
  sorted(
    sourcesOf(project).flatMap((text) =>
      [...text.matchAll(/@(Get|Post|Put|Patch|Delete)\((?:'([^']*)')?\)/g)].map(
        ([, method = '', path = '']) =>
          `${method.toUpperCase()} ${joined(prefixIn(text) ?? '', path).replace(/:(\w+)/g, '{$1}')}`,
      ),
    ),
  );

/** The names that the command line's sources give to subcommands, without those that hold others. */
export const subcommands = (): readonly string[] =>
  sorted(found(sourcesOf('tools/dialog'), /\.command\('([\w-]+)/g));
