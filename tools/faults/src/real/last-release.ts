import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Reading } from './skipped';

const run = promisify(execFile);

type Say = (line: string) => void;

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
};

const readJson = <T>(...path: readonly string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T;

const services = ['sms-ingress', 'dialog-engine', 'sms-sender', 'progress-tracker'];

/** Every folder of a workspace that is a package, as `libs/kafka`. */
const packagesOf = (folder: string): readonly string[] =>
  ['apps', 'libs', 'tools'].flatMap((kind) =>
    readdirSync(join(folder, kind))
      .map((name) => `${kind}/${name}`)
      .filter((path) => existsSync(join(folder, path, 'package.json'))),
  );

const link = (from: string, to: string): void => symlinkSync(relative(join(from, '..'), to), from);

/** Today's packages of others, and the release's own ones. */
const linkModules = (root: string, folder: string): void => {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@stopcovid'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '@stopcovid') link(join(modules, name), join(root, 'node_modules', name));
  for (const path of packagesOf(folder))
    link(join(modules, readJson<Manifest>(folder, path, 'package.json').name), join(folder, path));
};

/** Whether all packages of others that the release asks for are installed here, in its versions. */
const needsNothingElse = (root: string, folder: string): boolean => {
  const { dependencies = {} } = readJson<Manifest>(folder, 'package.json');
  return Object.entries(dependencies).every(([name, version]) => {
    const installed = join(root, 'node_modules', name);
    return existsSync(installed) && readJson<Manifest>(installed, 'package.json').version === version;
  });
};

/** Rejects with what to do when this clone does not have the commit, as a shallow one. */
const mustHave = (root: string, commit: string): Promise<unknown> =>
  run('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root }).catch(() => {
    throw new Error(
      `this clone does not have the last release, ${commit}: git fetch --unshallow, or git fetch origin ${commit}`,
    );
  });

/** Writes out the release's files. */
const unpack = async (root: string, { commit, folder }: Release): Promise<void> => {
  await mustHave(root, commit);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, 'release.tar');
  await run('git', ['archive', '--format=tar', `--output=${archive}`, commit], { cwd: root });
  await run('tar', ['-xf', archive], { cwd: folder });
  rmSync(archive);
};

type Release = { readonly commit: string; readonly folder: string };

/** The packages of others that the release asks for: those of today where they are the same, its own ones otherwise. */
const provideModules = async (root: string, folder: string, say: Say): Promise<void> => {
  if (needsNothingElse(root, folder)) return linkModules(root, folder);
  say('it needs other packages than this one: npm ci');
  await run('npm', ['ci', '--ignore-scripts', '--loglevel=error'], { cwd: folder }).catch((cause: Error) => {
    const why = cause.message.split('\n').slice(0, 4).join(' ');
    throw new Error(`the packages of the last release cannot be installed in ${folder}: ${why}`, { cause });
  });
};

const build = async (root: string, release: Release, say: Say): Promise<void> => {
  const { folder } = release;
  await unpack(root, release);
  await provideModules(root, folder, say);
  const compiler = join(root, 'node_modules', 'typescript-7', 'bin', 'tsc');
  const projects = services.map((app) => join('apps', app));
  await run(process.execPath, [compiler, '-b', ...projects], { cwd: folder });
};

/** The folder of the last release's services, built once and kept in `.cache`. Rejects when it cannot be built here. */
export const lastRelease = async (root: string, say: Say): Promise<string> => {
  const { commit } = readJson<{ commit: string }>(root, 'tools', 'faults', 'last-release.json');
  const folder = join(root, '.cache', 'releases', commit);
  const built = join(folder, '.built');
  if (existsSync(built)) return folder;
  say(`building the last release, ${commit.slice(0, 7)}`);
  await build(root, { commit, folder }, say);
  writeFileSync(built, '');
  return folder;
};

type OldContracts = Pick<Reading, 'decodeBatch'>;
type OldProjections = { readonly projections: readonly { readonly collection: string }[] };

/** How a built release reads the topic of events: by its own code. */
export const readingOf = (folder: string): Reading => {
  const load = createRequire(join(folder, 'package.json'));
  const { decodeBatch } = load('@stopcovid/contracts') as OldContracts;
  const list = './apps/progress-tracker/dist/rebuild/projections.js';
  const { projections } = load(list) as OldProjections;
  return { decodeBatch, keeps: new Set(projections.map(({ collection }) => collection)) };
};
