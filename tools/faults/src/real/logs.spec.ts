import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crashesOf, linesOf } from './logs';

describe('the logs of a run', () => {
  let directory = '';
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'logs-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it.each([1, 2, 3, 7, 1_000])('are read line by line, in pieces of %d bytes', (bytes) => {
    const lines = ['', 'one é', '', 'a longer line', 'last'];
    const file = join(directory, 'a.log');
    writeFileSync(file, lines.join('\n'));
    expect([...linesOf(file, bytes)]).toEqual(lines);
    writeFileSync(file, `${lines.join('\n')}\n`);
    expect([...linesOf(file, bytes)]).toEqual(lines);
    writeFileSync(file, '');
    expect([...linesOf(file, bytes)]).toEqual([]);
  });

  it('tell of a crash wherever it stands', () => {
    const quiet = `${'{"level":"info"}\n'.repeat(100_000)}`;
    writeFileSync(join(directory, 'engine.log'), `${quiet}{"level":"fatal"}\n${quiet}`);
    writeFileSync(join(directory, 'other.txt'), '{"level":"fatal"}');
    expect(crashesOf(directory)).toEqual(['engine.log logged: {"level":"fatal"}']);
  });
});
