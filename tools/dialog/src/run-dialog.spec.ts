import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeBatch } from '@stopcovid/contracts';
import { exitCodes } from './exit';
import { patiently } from './run-dialog';
import { run, sampleDrills } from './terminal.testkit';

const receive = (commandId: string, text: string): string =>
  JSON.stringify({
    type: 'ReceiveSms',
    schemaVersion: 1,
    commandId,
    phone: '+12025550143',
    at: '2026-03-01T17:05:00Z',
    text,
  });

const codesFile = (content: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'codes-')), 'codes.yaml');
  writeFileSync(path, content);
  return path;
};

/* The first reading of drills looks up their words in long lists, once for all. */
beforeAll(() => run(['lint', sampleDrills]), 60_000);

describe('the command line', () => {
  it('answers help with 0, and a command that it does not know with 2', async () => {
    await expect(run(['help'])).resolves.toMatchObject({ exit: 0 });
    const unknown = await run(['frobnicate']);
    expect(unknown.exit).toBe(2);
    expect(unknown.err.join('\n')).toContain("unknown command 'frobnicate'");
  });

  it.each(['simulate', 'replay', 'grade', 'lint', 'codes', 'show'])(
    'has a help text for %s',
    async (subcommand) => {
      const { exit, out } = await run(['help', subcommand]);
      expect(exit).toBe(0);
      expect(out.join('\n')).toContain(`Usage: dialog ${subcommand}`);
    },
  );

  it('begins again while a server does not answer, as long as it is told to', async () => {
    const ends = [exitCodes.unavailable, exitCodes.unavailable, exitCodes.problems];
    const next = () => Promise.resolve(ends.shift() ?? exitCodes.ok);
    const hour = performance.now() + 3_600_000;
    await expect(patiently(next, { until: hour, pauseMs: 1 })).resolves.toBe(exitCodes.problems);
    const away = () => Promise.resolve(exitCodes.unavailable);
    await expect(patiently(away, { until: 0, pauseMs: 1 })).resolves.toBe(exitCodes.unavailable);
    const wrong = await run(['environment', 'show'], [], { DIALOG_WAIT_SECONDS: 'a minute' });
    expect(wrong).toMatchObject({ exit: 2, err: [expect.stringContaining('a minute')] });
  });

  it('says which release it is', async () => {
    await expect(run(['--version'])).resolves.toEqual({
      exit: 0,
      out: [expect.stringMatching(/^dialog \d/)],
      err: [],
    });
  });

  it('calls itself as it was called, also in its examples', async () => {
    const npm = { npm_lifecycle_event: 'dialog' };
    const { out } = await run(['act', '--help'], [], npm);
    expect(out.join('\n')).toContain('Usage: npm run dialog -- act');
    expect(out.join('\n')).toContain('  npm run dialog -- act start +12025550143');
    const { err } = await run(['lint', '--bogus'], [], npm);
    expect(err.at(-1)).toBe('(npm run dialog -- lint --help tells more)');
  });

  it('names an option that is wrong', async () => {
    const { exit, err } = await run(['replay', '--drills', sampleDrills, '--now', 'yesterday']);
    expect(exit).toBe(2);
    expect(err.join('\n')).toContain('It takes a time such as');
  });

  it.each<[string, string, string]>([
    ['consent', 'dialog consent --help', "missing required argument 'phone'"],
    ['consent +12025550143 --bogus', 'dialog consent --help', "unknown option '--bogus'"],
    ['consent +12025550143 +12025550144', 'dialog consent --help', 'too many arguments'],
    ['opt-out +12025550143', 'dialog opt-out --help', "required option '--reason <text>'"],
    ['opt-out +12025550143 --reason x --wait soon', 'dialog opt-out --help', 'seconds from 0 to 600'],
    ['audit-messages --since yesterday', 'dialog audit-messages --help', 'It takes a time such as'],
    ['codes add', 'dialog codes add --help', "missing required argument 'code'"],
    ['frobnicate', 'dialog --help', "unknown command 'frobnicate'"],
  ])('says what is wrong with "%s" in one line, and that %s tells more', async (typed, help, what) => {
    const { exit, err, out } = await run(typed.split(' '));
    expect(exit).toBe(2);
    expect(err).toEqual([expect.stringMatching(/^error: .+$/), `(${help} tells more)`]);
    expect(err[0]).toContain(what);
    expect(out).toEqual([]);
  });

  it.each<[string, string]>([
    ['consent 2025550143', "'2025550143' must be a phone number in E.164, for example +12025550143"],
    ['consent +12025550143', 'Which database? Give --mongodb or set MONGODB_URL'],
    ['consent +12025550143 --csv --json', 'Give --csv or --json, not both.'],
    ['opt-out +12025550143 --reason x', 'Which Kafka? Give --brokers or set KAFKA_BROKERS'],
    ['audit-messages --since 24h', 'TWILIO_ACCOUNT_SID is not set'],
    ['audit-messages --since 0h', 'nothing to compare'],
  ])('says in one line what keeps "%s" from starting: %s', async (typed, what) => {
    const { exit, err } = await run(typed.split(' '));
    expect(exit).toBe(2);
    expect(err).toEqual([expect.stringContaining(what)]);
    expect(err[0]).not.toContain('\n');
  });
});

describe('replay', () => {
  const replayed = (input: readonly string[], seed = 'one') =>
    run(
      [
        'replay',
        '--drills',
        sampleDrills,
        '--codes',
        codesFile('WASH: { account: { employerName: Acme } }'),
        '--seed',
        seed,
      ],
      input,
    );
  const start = JSON.stringify({
    type: 'StartDrill',
    schemaVersion: 1,
    commandId: 'c2',
    phone: '+12025550143',
    at: '2026-03-01T17:06:00Z',
    drill: '01-clean-hands',
    reason: 'registered',
  });

  it('writes one batch a command, with versions that follow one another', async () => {
    const { exit, out } = await replayed([receive('c1', 'wash'), start, receive('c3', 'b')]);
    expect(exit).toBe(0);
    const batches = out.map((line) => decodeBatch(line));
    expect(batches.map((batch) => batch.ok && batch.value.version)).toEqual([1, 2, 3]);
    expect(out[2]).toContain('"type":"PromptCompleted"');
  });

  it('gives the same bytes for the same commands and seed, and other run ids for another seed', async () => {
    const commands = [receive('c1', 'wash'), start];
    const [one, again, other] = [
      await replayed(commands),
      await replayed(commands),
      await replayed(commands, 'two'),
    ];
    expect(again.out).toEqual(one.out);
    expect(other.out).not.toEqual(one.out);
  });

  it('decides a repeated command once', async () => {
    const { out } = await replayed([receive('c1', 'wash'), receive('c1', 'wash')]);
    expect(out).toHaveLength(1);
  });

  it('names the lines that cannot be decided, and goes on with the others', async () => {
    const { exit, out, err } = await replayed([
      '{',
      receive('c1', 'wash'),
      start.replace('01-clean-hands', 'no-such-drill'),
    ]);
    expect(exit).toBe(1);
    expect(out).toHaveLength(1);
    expect(err).toEqual([
      expect.stringMatching(/^line 1: NOT_JSON/),
      expect.stringMatching(/^line 3: DRILL_UNKNOWN/),
    ]);
  });

  it('knows the codes of the samples where no others are named', async () => {
    const { out } = await run(['replay', '--drills', sampleDrills], [receive('c1', 'HYGIENE')]);
    expect(out.join()).toContain('"employerId":"acme"');
  });

  it('refuses codes and drills that it cannot read, with what is wrong', async () => {
    const codes = await run(['replay', '--drills', sampleDrills, '--codes', codesFile('WASH: { boss: me }')]);
    expect(codes).toMatchObject({ exit: 2 });
    expect(codes.err.join('\n')).toContain('boss');
    const drills = await run(['replay', '--drills', '/does/not/exist']);
    expect(drills).toMatchObject({ exit: 2 });
  });
});

describe('lint', () => {
  it('passes the sample drills and says what they cost', async () => {
    const { exit, out } = await run(['lint', sampleDrills, '--strict']);
    expect(exit).toBe(0);
    expect(out.join('\n')).toMatch(/01-clean-hands\s+es\s+\d+ texts\s+\d+ segments +\d+ in UCS-2: .*á/);
    expect(out.join('\n')).toMatch(/together\s+en\s+\d+ texts\s+\d+ segments\n/);
    expect(out.at(-1)).toBe('0 errors, 0 warnings');
  });

  it('fails for a folder with a problem, as text and as JSON', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'drills-'));
    writeFileSync(join(directory, 'course.yaml'), 'slug: c\ndrills: [missing]\n');
    const text = await run(['lint', directory]);
    expect(text.exit).toBe(1);
    expect(text.out.join('\n')).toContain('missing');
    const json = await run(['lint', directory, '--json']);
    expect(json.exit).toBe(1);
    expect(JSON.parse(json.out.join('\n'))).toMatchObject({
      problems: [{ severity: 'error', file: 'course.yaml' }],
    });
  });
});

describe('simulate', () => {
  it('talks like the product: a code, a drill, a wrong and a right answer', async () => {
    const { exit, out } = await run(
      ['simulate', '--drills', sampleDrills, '--code', 'HYGIENE', '--language', 'es', '--json'],
      ['b', 'José', 'a', 'b', '/quit', 'never sent'],
    );
    expect(exit).toBe(0);
    const exchanges = out.map((line) => JSON.parse(line) as { text: string; reads: { body: string }[] });
    expect(exchanges.map(({ text }) => text)).toEqual(['HYGIENE', 'b', 'José', 'a', 'b']);
    expect(exchanges[2]?.reads.map(({ body }) => body).join('\n')).toContain('José');
    expect(exchanges[3]?.reads).toHaveLength(1);
    expect(exchanges[4]?.reads[0]?.body).toContain('¡Correcto!');
  });

  it('prints the conversation as a golden test when asked', async () => {
    const { out, err } = await run(['simulate', '--drills', sampleDrills, '--repro'], ['HYGIENE', 'STOP']);
    expect(err.join('\n')).toContain('Acme Kitchens');
    const golden = JSON.parse(out.join('\n')) as { text: string; reads: unknown[] }[];
    expect(golden.map(({ text }) => text)).toEqual(['HYGIENE', 'STOP']);
    expect(golden[1]?.reads).toHaveLength(1);
  });

  it('names a code to begin with, unless one was texted already', async () => {
    const simulated = (...args: readonly string[]) => run(['simulate', '--drills', sampleDrills, ...args]);
    expect((await simulated()).err).toContain('Begin with a code, such as HYGIENE.');
    expect((await simulated('--codes', codesFile('WASH: {}'))).err).toContain(
      'Begin with a code, such as WASH.',
    );
    expect((await simulated('--code', 'HYGIENE')).err.join()).not.toContain('Begin with');
  });

  it('refuses a language that is none', async () => {
    await expect(run(['simulate', '--language', 'Spanish'])).resolves.toMatchObject({ exit: 2 });
  });
});

describe('codes and show', () => {
  it('ask for a database when none is named', async () => {
    const { exit, err } = await run(['codes', 'list']);
    expect(exit).toBe(2);
    expect(err.join('\n')).toContain('MONGODB_URL');
  });
});
