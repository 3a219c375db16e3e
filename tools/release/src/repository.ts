import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Change, Facts, Plan } from './plan';
import {
  changelogFile,
  guideFile,
  chartFiles,
  lastReleaseFile,
  lockFile,
  packageFiles,
  type Files,
} from './versioned-files';

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

/** The files that a release reads and writes, as they are in a repository. */
export const filesIn = (root: string): Files =>
  new Map(
    [...packageFiles(root), ...chartFiles(root), lockFile, changelogFile, guideFile, lastReleaseFile].map(
      (path) => [path, readFileSync(join(root, path), 'utf8')],
    ),
  );

/** What a release is decided by, as a repository is now. */
export const factsOf = (root: string, now: Date): Facts => {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  return {
    branch: git('branch', '--show-current').trim(),
    head: git('rev-parse', 'HEAD').trim(),
    uncommitted: linesOf(git('status', '--porcelain')).map((line) => line.slice(3)),
    tags: linesOf(git('tag', '--list')),
    today: now.toISOString().slice(0, 10),
    files: filesIn(root),
  };
};

/** The changes as a patch with the paths of the repository. */
export const patchOf = (changes: readonly Change[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stopcovid-release-'));
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  try {
    for (const { path, before, after } of changes) {
      put(join('a', path), before);
      put(join('b', path), after);
    }
    const shown = ['diff', '--no-index', '--no-prefix', '--no-color', '--unified=0', 'a', 'b'];
    return spawnSync('git', shown, { cwd: folder, encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Writes, commits and tags what a plan says. A command that fails throws; what was done before it stays to be seen. */
export const carryOut = (root: string, { changes, commands }: Plan): void => {
  for (const { path, after } of changes) writeFileSync(join(root, path), after);
  for (const [program = '', ...args] of commands)
    execFileSync(program, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
};
