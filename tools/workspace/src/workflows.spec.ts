import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import { z } from 'zod';
import { filesBelow, read } from './repository.testkit';

const texts = z.record(z.string(), z.string());
const permissionsSchema = z.strictObject({
  contents: z.enum(['read', 'write']).optional(),
  packages: z.literal('write').optional(),
  'id-token': z.literal('write').optional(),
});
const stepSchema = z.strictObject({
  name: z.string().optional(),
  id: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  env: texts.optional(),
  with: z.record(z.string(), z.union([z.string(), z.boolean()])).optional(),
});
const jobSchema = z.strictObject({
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  uses: z.string().optional(),
  strategy: z.strictObject({ matrix: z.strictObject({ include: z.array(texts) }) }).optional(),
  'runs-on': z.string().optional(),
  'timeout-minutes': z.int().optional(),
  permissions: permissionsSchema.optional(),
  outputs: texts.optional(),
  env: texts.optional(),
  steps: z.array(stepSchema).optional(),
});

/** As much of the language of workflows as ours are written in: with it a misspelt key is no key that is passed over. */
const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.partialRecord(z.enum(['push', 'pull_request', 'workflow_call']), z.unknown()),
  permissions: permissionsSchema,
  concurrency: z.strictObject({
    group: z.string(),
    'cancel-in-progress': z.union([z.boolean(), z.string()]),
  }),
  defaults: z.strictObject({ run: z.strictObject({ shell: z.literal('bash') }) }),
  env: texts.optional(),
  jobs: z.record(z.string(), jobSchema),
});
type Workflow = z.infer<typeof workflowSchema>;
type Job = z.infer<typeof jobSchema>;
type Step = z.infer<typeof stepSchema>;

const files = filesBelow('.github/workflows');
const workflowOf = (file: string): Workflow => workflowSchema.parse(parse(read(file)));
const jobsOf = (file: string): readonly Job[] => Object.values(workflowOf(file).jobs);
const stepsOf = (file: string): readonly Step[] => jobsOf(file).flatMap(({ steps = [] }) => steps);
const scriptsOf = (file: string): readonly string[] => stepsOf(file).flatMap(({ run = [] }) => run);

describe.each(files)('%s', (file) => {
  it('has no key that is none, says what two at once do, and sees a failure inside a pipe', () =>
    expect(workflowSchema.safeParse(parse(read(file))).error?.issues ?? []).toEqual([]));

  it('waits for jobs and reads outputs that there are', () => {
    const { jobs } = workflowOf(file);
    const needed = Object.values(jobs).flatMap(({ needs = [] }) => needs);
    expect(needed.filter((name) => !(name in jobs))).toEqual([]);
    const outputs = [...read(file).matchAll(/needs\.([\w-]+)\.outputs\.([\w-]+)/g)];
    const missing = outputs.filter(([, job = '', output = '']) => jobs[job]?.outputs?.[output] === undefined);
    expect(missing.map(([text]) => text)).toEqual([]);
  });

  it('names each action of others by a commit, with its version beside it', () => {
    const named = [...read(file).matchAll(/uses: (?!\.\/)(.+)$/gm)].map(([, name = '']) => name);
    expect(named.filter((name) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(name))).toEqual([]);
  });

  it('may read the sources at most, and gives more to single jobs', () => {
    const { permissions } = workflowOf(file);
    expect([{}, { contents: 'read' }]).toContainEqual(permissions);
    if (Object.keys(permissions).length === 0)
      expect(jobsOf(file).filter((job) => job.permissions === undefined)).toEqual([]);
  });

  it('leaves no credentials in the working copy', () => {
    const checkouts = stepsOf(file).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  it('ends by itself', () => {
    const endless = jobsOf(file).filter(
      (job) => job.uses === undefined && job['timeout-minutes'] === undefined,
    );
    expect(endless).toEqual([]);
  });

  it('puts nothing into a script that others can write', () =>
    expect(scriptsOf(file).filter((script) => script.includes('${{'))).toEqual([]));

  it('runs npm scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
    const called = scriptsOf(file)
      .flatMap((script) => [...script.matchAll(/npm (?:run (?:--\S+ )*([a-z]+)|(test))/g)])
      .map(([, script, test]) => script ?? test ?? '');
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
  });

  const shellcheck = spawnSync('shellcheck', ['--version']).status === 0;
  (shellcheck ? it : it.skip)('has scripts that shellcheck finds nothing in, where it is installed', () => {
    const said = scriptsOf(file).map(
      (input) => spawnSync('shellcheck', ['--shell=bash', '-'], { input, encoding: 'utf8' }).stdout,
    );
    expect(said.filter((text) => text !== '')).toEqual([]);
  });
});

it('pull requests, pushes and releases are checked by the same npm test', () => {
  const checks = workflowOf('.github/workflows/checks.yml');
  expect(Object.keys(checks.on)).toEqual(expect.arrayContaining(['push', 'pull_request', 'workflow_call']));
  expect(scriptsOf('.github/workflows/checks.yml')).toContain('npm test');
  expect(jobsOf('.github/workflows/release.yml').map(({ uses }) => uses)).toContain(
    './.github/workflows/checks.yml',
  );
});

it('the release finds in the values of the chart what it puts the image into', () => {
  const values = read('helm/stopcovid-dialog-engine/values.yaml');
  const replaced = scriptsOf('.github/workflows/release.yml').flatMap((script) =>
    [...script.matchAll(/"s\|\^(.+?)\$\|/g)].map(([, line = '']) => line),
  );
  expect(replaced).toHaveLength(2);
  for (const line of replaced) expect(values.split('\n').filter((each) => each === line)).toHaveLength(1);
});

it('the release may publish and sign in one job alone', () => {
  const { jobs } = workflowOf('.github/workflows/release.yml');
  const signing = Object.entries(jobs).filter(([, { permissions }]) => permissions?.['id-token'] === 'write');
  const releasing = Object.entries(jobs).filter(
    ([, { permissions }]) => permissions?.['contents'] === 'write',
  );
  expect([...signing, ...releasing].map(([name]) => name)).toEqual(['publish', 'publish']);
});

describe('renovate.json', () => {
  const { extends: presets, minimumReleaseAge } = JSON.parse(read('renovate.json')) as {
    extends: readonly string[];
    minimumReleaseAge: string;
  };

  it('keeps the commits of actions, and waits some days with what is new', () => {
    expect(presets).toContain('helpers:pinGitHubActionDigests');
    expect(minimumReleaseAge).toMatch(/^[3-7] days$/);
  });

  it('finds each program that a workflow runs by its version', () => {
    const { customManagers } = JSON.parse(read('renovate.json')) as {
      customManagers: readonly { readonly matchStrings: readonly string[] }[];
    };
    const patterns = customManagers
      .flatMap(({ matchStrings }) => matchStrings)
      .map((text) => new RegExp(text));
    const programs = files.flatMap(scriptsOf).filter((script) => script.includes('go run'));
    expect(programs.length).toBeGreaterThan(0);
    expect(programs.filter((script) => !patterns.some((pattern) => pattern.test(script)))).toEqual([]);
  });
});
