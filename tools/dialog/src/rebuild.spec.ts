import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { phonesMeant } from './rebuild-phones';
import { progressOn, progressText } from './rebuild-progress-line';
import { run } from './terminal.testkit';

const fileOf = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'phones-')), 'phones.txt');
  writeFileSync(path, text);
  return path;
};

describe('the phones meant', () => {
  it('are those typed and those of the file, each once', async () => {
    const file = fileOf('\uFEFF+12025550144 # Bob\r\n\r\n# nobody\r\n+12025550143\r\n');
    await expect(phonesMeant({ typed: ['+12025550143'], file, all: false })).resolves.toEqual([
      '+12025550143',
      '+12025550144',
    ]);
  });

  it('are all when all are asked for', () =>
    expect(phonesMeant({ typed: [], all: true })).resolves.toBeUndefined());

  it.each([
    ['nobody', { typed: [], all: false }, /Which phones/],
    ['some and all', { typed: ['+12025550143'], all: true }, /not both/],
    ['what is no phone', { typed: ['555'], all: false }, /E\.164/],
    ['a file that is not there', { typed: [], all: false, file: '/none' }, /cannot be read/],
  ])('are not %s', (_what, named, why) => expect(phonesMeant(named)).rejects.toThrow(why));

  it('in a file with a mistake are refused with its line', () =>
    expect(phonesMeant({ typed: [], all: false, file: fileOf('+12025550143\n555\n') })).rejects.toThrow(
      /line 2/,
    ));
});

describe('progress', () => {
  it('shows a bar, the rate and the time that is left', () => {
    expect(progressText({ stage: 'read', done: 2_500, total: 10_000 }, 1_000)).toBe(
      '[######------------------] 2,500 of 10,000 records, 2,500/s, 3 s left',
    );
  });

  it('is not shown oftener than can be read, but its end is', () => {
    const shown: string[] = [];
    let now = 0;
    const terminal = {
      input: Readable.from([]),
      out: () => undefined,
      err: (line: string) => void shown.push(line),
    };
    const show = progressOn(terminal, () => now);
    for (; now <= 6_000; now += 1_000) show({ stage: 'read', done: now, total: 9_000 });
    show({ stage: 'read', done: 9_000, total: 9_000 });
    expect(shown).toHaveLength(3);
    expect(shown.at(-1)).toContain('9,000 of 9,000');
  });
});

describe('rebuild', () => {
  const servers = { MONGODB_URL: 'mongodb://127.0.0.1:1/none', KAFKA_BROKERS: '127.0.0.1:1' };
  it.each([
    ['no phone', ['rebuild'], /Which phones/],
    ['two minds', ['rebuild', '--all', '--swap', '--compare-only'], /not both/],
    ['rules for a swap that is none', ['rebuild', '--all', '--unknown'], /--swap/],
  ])('refuses %s', async (_what, args, why) => {
    const { exit, err } = await run(args, [], servers);
    expect(exit).toBe(2);
    expect(err.join('\n')).toMatch(why);
  });

  it('asks which Kafka when none is named', async () => {
    const { exit, err } = await run(['rebuild', '--all'], [], { MONGODB_URL: servers.MONGODB_URL });
    expect(exit).toBe(2);
    expect(err.join('\n')).toContain('KAFKA_BROKERS');
  });
});
