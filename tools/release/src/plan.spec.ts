import { notes, planned, type Facts, type Plan } from './plan';
import { changelogFile, guideFile, lastReleaseFile, lockFile } from './versioned-files';

const chartFile = 'helm/x/Chart.yaml';
const packageFile = (version: string): string => `{\n  "name": "x",\n  "version": "${version}"\n}\n`;
const lock = (version: string): string =>
  `${JSON.stringify(
    {
      name: 'x',
      version,
      packages: {
        '': { version },
        'apps/a': { version },
        'node_modules/zod': { version: '4.6.7' },
        'apps/a/node_modules/zod': { version: '3.0.0' },
      },
    },
    undefined,
    2,
  )}\n`;
const chart =
  'name: x\nversion: 0.1.0\nappVersion: 0.1.0\nkubeVersion: 1.27.0\ndependencies:\n  - name: y\n    version: 0.1.0\n';

const filesOf = (changelog: string): Facts['files'] =>
  new Map([
    ['package.json', packageFile('0.1.0')],
    ['apps/a/package.json', packageFile('0.1.0')],
    [lockFile, lock('0.1.0')],
    [chartFile, chart],
    [changelogFile, changelog],
    [guideFile, '| 0.1.0 | x |\n| 0.2.0 | x |\n| 1.0.0-rc.1 | x |\n'],
    [lastReleaseFile, '{ "commit": "before" }\n'],
  ]);

const facts: Facts = {
  branch: 'main',
  head: 'abc123',
  uncommitted: [],
  tags: ['v0.1.0', 'v0.0.9', 'nightly'],
  today: '2026-11-29',
  files: filesOf('# Changelog\n\n## Unreleased\n\n- A thing.\n'),
};

const planOf = (given: Facts, version?: string): Plan => {
  const result = planned(given, version);
  if ('problems' in result) throw new Error(result.problems.join('\n'));
  return result.plan;
};
const problemsOf = (given: Partial<Facts>, version?: string): readonly string[] => {
  const result = planned({ ...facts, ...given }, version);
  return 'problems' in result ? result.problems : [];
};
const after = (plan: Plan): Facts['files'] =>
  new Map([...facts.files, ...plan.changes.map(({ path, after: text }): [string, string] => [path, text])]);

it('follows the last release with the next minor version', () => expect(planOf(facts).version).toBe('0.2.0'));

it('releases what package.json states where nothing was released yet', () =>
  expect(planOf({ ...facts, tags: [] }).version).toBe('0.1.0'));

it('gives one version to every package, the lock file and the chart, and touches no version of others', () => {
  const files = after(planOf(facts, '1.0.0-rc.1'));
  expect(files.get('apps/a/package.json')).toBe(packageFile('1.0.0-rc.1'));
  expect(files.get(chartFile)).toBe(chart.replaceAll('0.1.0', '1.0.0-rc.1'));
  expect(files.get(lockFile)).toBe(lock('1.0.0-rc.1'));
});

it('dates the changelog, and says from which commit on the next release is compared', () => {
  const files = after(planOf(facts));
  expect(files.get(changelogFile)).toContain('## Unreleased\n\n## 0.2.0 (2026-11-29)\n\n- A thing.');
  expect(files.get(lastReleaseFile)).toBe('{ "commit": "abc123" }\n');
});

it('commits exactly what it changes, tags it, and leaves publishing to whoever reads', () => {
  const { changes, commands, afterwards } = planOf(facts);
  expect(commands[0]?.slice(3)).toEqual(changes.map(({ path }) => path));
  expect(commands.map(([, verb]) => verb)).toEqual(['add', 'commit', 'tag']);
  expect(afterwards).toEqual(['git push --atomic origin main v0.2.0']);
});

it('is refused with the remedy', () => {
  expect(problemsOf({}, '0.1.0')).toEqual([
    '0.1.0 is not later than 0.1.0, the last release. Name a later one.',
  ]);
  expect(problemsOf({}, '0.0.1')[0]).toMatch(/not later than 0\.1\.0/);
  expect(problemsOf({}, '0.1.0-rc.1')[0]).toMatch(/not later than 0\.1\.0/);
  expect(problemsOf({ tags: [] }, '0.0.1')[0]).toMatch(/earlier than 0\.1\.0, which package\.json states/);
  expect(problemsOf({}, 'v0.2.0')[0]).toMatch(/no version.*without a v/);
  expect(problemsOf({}, 'next')[0]).toMatch(/"next" is no version/);
  expect(problemsOf({ branch: 'fix' })[0]).toMatch(/branch fix.*git switch main/);
  expect(problemsOf({ branch: '' })[0]).toMatch(/branch \(none\)/);
  expect(problemsOf({ uncommitted: ['a', 'b'] })[0]).toBe('Commit or remove what is not committed: a, b');
  expect(problemsOf({ files: filesOf('# Changelog\n') })[0]).toMatch(/no heading "## Unreleased"/);
  expect(problemsOf({ files: filesOf('## Unreleased\n\n## 0.1.0\n\n- A thing.\n') })[0]).toMatch(
    /nothing under "Unreleased"/,
  );
});

it('is refused while the guide to upgrading does not say who can read what it writes', () =>
  expect(problemsOf({}, '0.3.0')).toEqual([
    'UPGRADING.md has no row for 0.3.0. Say there what can read it and whether it can be rolled back.',
  ]));

it('names everything that stands in its way at once', () =>
  expect(problemsOf({ branch: 'fix', uncommitted: ['a'] }, 'x')).toHaveLength(3));

describe('the notes of a release', () => {
  it('are what the changelog says of it', () =>
    expect(notes(after(planOf(facts)), '0.2.0')).toEqual({ notes: '- A thing.' }));

  it('are refused while a file states another version', () => {
    const files = new Map([...after(planOf(facts)), [chartFile, chart]]);
    expect(notes(files, '0.2.0')).toEqual({
      problems: [`${chartFile} states version 0.1.0, not 0.2.0.`],
    });
  });

  it('are refused where the changelog has none', () =>
    expect(notes(facts.files, '0.1.0')).toEqual({
      problems: ['CHANGELOG.md has nothing under a heading "## 0.1.0".'],
    }));
});
