import { dated, notesOf, unreleased } from './changelog';
import { compare, following, versionIn, written, type Version } from './version';
import {
  changelogFile,
  guideFile,
  lastReleaseFile,
  versionsIn,
  withVersion,
  type Files,
} from './versioned-files';

/** What a release is decided by. */
export type Facts = {
  readonly branch: string;
  /** The last commit, by its hash. */
  readonly head: string;
  /** Files that are changed or new, as `git status --porcelain` names them. */
  readonly uncommitted: readonly string[];
  readonly tags: readonly string[];
  /** The date, as `2026-11-29`. */
  readonly today: string;
  /** Every file that states a version of ours, the changelog, the guide to upgrading, and what says which release was the last. */
  readonly files: Files;
};

export type Change = { readonly path: string; readonly before: string; readonly after: string };

export type Plan = {
  readonly version: string;
  readonly tag: string;
  readonly changes: readonly Change[];
  /** What makes the commit and the tag; nothing leaves the machine. */
  readonly commands: readonly (readonly string[])[];
  /** What publishes them. */
  readonly afterwards: readonly string[];
};

/** A plan, or all that stands in its way, each with its remedy. */
export type Planned = { readonly plan: Plan } | { readonly problems: readonly string[] };

const released = (tags: readonly string[]): readonly Version[] =>
  tags.flatMap((tag) => (tag.startsWith('v') ? (versionIn(tag.slice(1)) ?? []) : [])).toSorted(compare);

const unversioned: readonly string[] = [changelogFile, guideFile, lastReleaseFile];
const isVersioned = (path: string): boolean => !unversioned.includes(path);

const statedIn = (files: Files): readonly { readonly path: string; readonly version: string }[] =>
  [...files]
    .filter(([path]) => isVersioned(path))
    .flatMap(([path, text]) => versionsIn(path, text).map((version) => ({ path, version })));

/** The version that the root's package file states: what was released last, or is to be the first release. */
const present = (files: Files): string =>
  versionsIn('package.json', files.get('package.json') ?? '{}')[0] ?? '';

const chosen = ({ tags, files }: Facts): string => {
  const last = released(tags).at(-1);
  return last === undefined ? present(files) : written(following(last));
};

const problemsOfVersion = (version: string, { tags, files }: Facts): readonly string[] => {
  const wanted = versionIn(version);
  if (wanted === undefined)
    return [`"${version}" is no version. Name one by semver.org, such as 1.2.3 or 1.3.0-rc.1, without a v.`];
  const last = released(tags).at(-1);
  if (last !== undefined && compare(wanted, last) <= 0)
    return [`${version} is not later than ${written(last)}, the last release. Name a later one.`];
  const stated = versionIn(present(files));
  if (stated !== undefined && compare(wanted, stated) < 0)
    return [`${version} is earlier than ${written(stated)}, which package.json states. Name a later one.`];
  return [];
};

const problemsOfTree = ({ branch, uncommitted }: Facts): readonly string[] => [
  ...(branch === 'main'
    ? []
    : [`This is the branch ${branch || '(none)'}. Releases are made of main: git switch main`]),
  ...(uncommitted.length === 0
    ? []
    : [
        `Commit or remove what is not committed: ${uncommitted.slice(0, 5).join(', ')}${uncommitted.length > 5 ? ', …' : ''}`,
      ]),
];

const problemsOfChangelog = ({ files }: Facts): readonly string[] => {
  const entries = unreleased(files.get(changelogFile) ?? '');
  if (entries === undefined)
    return [`${changelogFile} has no heading "## Unreleased". Put it below the title.`];
  if (/^[-*] /m.test(entries)) return [];
  return [`${changelogFile} has nothing under "Unreleased". Say there what changes, one line each.`];
};

const problemsOfGuide = (version: string, { files }: Facts): readonly string[] => {
  const rows = (files.get(guideFile) ?? '').split('\n').map((line) => line.split('|')[1]?.trim());
  if (versionIn(version) === undefined || rows.includes(version)) return [];
  return [
    `${guideFile} has no row for ${version}. Say there what can read it and whether it can be rolled back.`,
  ];
};

const changed = ({ files, today, head }: Facts, version: string): readonly Change[] =>
  [...files]
    .map(([path, before]): Change => {
      if (path === changelogFile) return { path, before, after: dated(before, version, today) };
      if (path === guideFile) return { path, before, after: before };
      const after =
        path === lastReleaseFile
          ? before.replace(/(?<="commit": ")[^"]*/, head)
          : withVersion(path, before, version);
      return { path, before, after };
    })
    .filter(({ before, after }) => before !== after);

/** What a release would do; of the version that is named, else of the one that follows the last. */
export const planned = (facts: Facts, named?: string): Planned => {
  const version = named ?? chosen(facts);
  const problems = [
    ...problemsOfTree(facts),
    ...problemsOfVersion(version, facts),
    ...problemsOfChangelog(facts),
    ...problemsOfGuide(version, facts),
  ];
  if (problems.length > 0) return { problems };
  const tag = `v${version}`;
  const changes = changed(facts, version);
  const commands = [
    ['git', 'add', '--', ...changes.map(({ path }) => path)],
    ['git', 'commit', '--message', `Release version ${version}`],
    ['git', 'tag', '--annotate', tag, '--message', `Version ${version}`],
  ];
  return { plan: { version, tag, changes, commands, afterwards: [`git push --atomic origin main ${tag}`] } };
};

/** What the changelog says of a release, for its page: every file must state its version, or nothing fits together. */
export const notes = (
  files: Files,
  version: string,
): { readonly notes: string } | { readonly problems: readonly string[] } => {
  const others = statedIn(files).filter((each) => each.version !== version);
  const problems = [
    ...new Set(others.map((each) => `${each.path} states version ${each.version}, not ${version}.`)),
  ];
  const found = notesOf(files.get(changelogFile) ?? '', version);
  if (found === undefined || found === '')
    return { problems: [...problems, `${changelogFile} has nothing under a heading "## ${version}".`] };
  return problems.length > 0 ? { problems } : { notes: found };
};
