import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { OutgoingRecord } from '@stopcovid/kafka';
import { inMemoryProgressStore } from '@stopcovid/progress-tracker';
import { importFile, type ImportOptions } from './import';

const heading = 'phone,name,consent_source,consent_on';

const desk = (content: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  const file = join(folder, 'staff.csv');
  writeFileSync(file, content);
  const published: OutgoingRecord[] = [];
  const said: string[] = [];
  const terminal = {
    input: Readable.from([]),
    out: (line: string) => void said.push(line),
    err: (line: string) => void said.push(line),
  };
  const publisher = {
    publish: (_topic: string, records: readonly OutgoingRecord[]) =>
      Promise.resolve(void published.push(...records)),
  };
  const parts = { store: inMemoryProgressStore(), publisher, now: () => new Date() };
  const rejects = join(folder, 'bad.csv');
  const run = (options: Partial<ImportOptions> = {}) =>
    importFile({ file, country: 'US', dryRun: false, ...options }, parts, terminal);
  return { run, rejects, said, published };
};

const good = (n: number): string => `(202) 555-${String(1_000 + n)},Ann,form,2026-01-05`;
const bad = '(202) 555-0180,"=cmd()",form,2026-02-30';

describe('dialog import', () => {
  it('publishes the good rows, and writes the bad ones as they came with their reasons', async () => {
    const { run, rejects, said, published } = desk([heading, good(1), bad, good(2)].join('\r\n'));
    await expect(run({ rejects })).resolves.toBe(1);
    expect(published).toHaveLength(2);
    expect(readFileSync(rejects, 'utf8')).toMatch(
      /^line,problems,phone,name,consent_source,consent_on\r\n3,.*consent_on.*formula.*,'=cmd\(\),form,2026-02-30\r\n$/,
    );
    expect(said.at(-1)).toBe('3 rows: 2 enrolled, 0 known before, 1 rejected');
  });

  it('publishes nothing in a dry run', async () => {
    const { run, said, published } = desk([heading, good(1)].join('\n'));
    await expect(run({ dryRun: true })).resolves.toBe(0);
    expect(published).toEqual([]);
    expect(said.at(-1)).toContain('1 would be enrolled');
  });

  it.each([
    ['a missing file', '', { file: '/nowhere/staff.csv' }, 'cannot be read'],
    ['a folder', '', { file: '/' }, 'is no file'],
    ['an empty file', '', {}, 'it is empty'],
    ['a file without consent', 'phone\n+12025550143', {}, 'consent_source'],
  ])('refuses %s with the reason', async (_what, content, options, reason) => {
    await expect(desk(content).run(options)).rejects.toThrow(reason);
  });
});
