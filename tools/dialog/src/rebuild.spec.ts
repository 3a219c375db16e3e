import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phonesMeant } from './rebuild-phones';
import { run } from './terminal.testkit';

const fileOf = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'phones-')), 'phones.txt');
  writeFileSync(path, text);
  return path;
};

const notThere = join(mkdtempSync(join(tmpdir(), 'phones-')), 'none.txt');

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
    ['a file that is not there', { typed: [], all: false, file: notThere }, /cannot be read/],
  ])('are not %s', (_what, named, why) => expect(phonesMeant(named)).rejects.toThrow(why));

  it('in a file with a mistake are refused with its line', () =>
    expect(phonesMeant({ typed: [], all: false, file: fileOf('+12025550143\n555\n') })).rejects.toThrow(
      /line 2/,
    ));
});

describe('rebuild', () => {
  const servers = { MONGODB_URL: 'mongodb://127.0.0.1:1/none', KAFKA_BROKERS: '127.0.0.1:1' };
  it.each([
    ['no phone', ['rebuild'], /Which phones/],
    ['two minds', ['rebuild', '--all', '--swap', '--compare-only'], /not both/],
    ['what there is nothing of', ['rebuild', '--all', '--only', 'drills'], /events, messages, figures/],
    ['the figures of one phone', ['rebuild', '+12025550143', '--only', 'figures'], /all phones/],
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
