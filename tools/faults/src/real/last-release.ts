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
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

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

/** Writes out the release's files. Throws when this clone does not have the commit. */
const unpack = async (root: string, { commit, folder }: Release): Promise<void> => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, 'release.tar');
  await run('git', ['archive', '--format=tar', `--output=${archive}`, commit], { cwd: root });
  await run('tar', ['-xf', archive], { cwd: folder });
  rmSync(archive);
};

type Release = { readonly commit: string; readonly folder: string };

const build = async (root: string, release: Release): Promise<void> => {
  const { folder } = release;
  await unpack(root, release);
  if (needsNothingElse(root, folder)) linkModules(root, folder);
  else await run('npm', ['ci', '--ignore-scripts'], { cwd: folder });
  const compiler = join(root, 'node_modules', 'typescript-7', 'bin', 'tsc');
  const projects = services.map((app) => join('apps', app));
  await run(process.execPath, [compiler, '-b', ...projects], { cwd: folder });
};

/** The folder of the last release's services, built once and kept in `.cache`. */
export const lastRelease = async (root: string, say: (line: string) => void): Promise<string> => {
  const { commit } = readJson<{ commit: string }>(root, 'tools', 'faults', 'last-release.json');
  const folder = join(root, '.cache', 'releases', commit);
  const built = join(folder, '.built');
  if (existsSync(built)) return folder;
  say(`building the last release, ${commit.slice(0, 7)}`);
  await build(root, { commit, folder });
  writeFileSync(built, '');
  return folder;
};
