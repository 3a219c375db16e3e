import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a file by its path from the top of the repository. */
export type Files = ReadonlyMap<string, string>;

export const lockFile = 'package-lock.json';
export const changelogFile = 'CHANGELOG.md';
export const guideFile = 'UPGRADING.md';
export const lastReleaseFile = 'tools/faults/last-release.json';

/** Every package file of ours. */
export const packageFiles = (root: string): readonly string[] => [
  'package.json',
  ...['apps', 'libs', 'tools'].flatMap((group) =>
    readdirSync(join(root, group))
      .filter((name) => readdirSync(join(root, group, name)).includes('package.json'))
      .map((name) => `${group}/${name}/package.json`),
  ),
];

/** Every chart of ours. One that depends on another names its version, too. */
export const chartFiles = (root: string): readonly string[] =>
  readdirSync(join(root, 'helm')).map((name) => `helm/${name}/Chart.yaml`);

const isChart = (path: string): boolean => path.endsWith('/Chart.yaml');

type Lock = {
  version: string;
  readonly packages: Readonly<Record<string, { version?: string; readonly link?: boolean }>>;
};

/** Ours are the top of the repository and its workspaces; what is installed lies in node_modules. */
const isOurs = (place: string): boolean => !place.split('/').includes('node_modules');

const lockWith = (text: string, version: string): string => {
  const lock = JSON.parse(text) as Lock;
  lock.version = version;
  for (const [place, each] of Object.entries(lock.packages)) if (isOurs(place)) each.version = version;
  return `${JSON.stringify(lock, undefined, 2)}\n`;
};

const versionLine = /^( {2}"version": )"[^"]*"/m;
const chartLine = /^( *(?:version|appVersion)): (.*)$/gm;

/** The file with another version of ours in it; nothing else of it changes. */
export const withVersion = (path: string, text: string, version: string): string => {
  if (path === lockFile) return lockWith(text, version);
  if (isChart(path)) return text.replaceAll(chartLine, `$1: ${version}`);
  return text.replace(versionLine, `$1"${version}"`);
};

/** Every version of ours that a file states. */
export const versionsIn = (path: string, text: string): readonly string[] => {
  if (path === lockFile) {
    const { version, packages } = JSON.parse(text) as Lock;
    const ours = Object.entries(packages).filter(([place]) => isOurs(place));
    return [version, ...ours.map(([, each]) => each.version ?? 'none')];
  }
  if (isChart(path)) return [...text.matchAll(chartLine)].map(([, , version]) => version ?? 'none');
  return [(JSON.parse(text) as { version?: string }).version ?? 'none'];
};
