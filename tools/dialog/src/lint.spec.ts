import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintAgain } from './lint';
import { run, sampleDrills } from './terminal.testkit';

const folderOf = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'drills-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

const greeting = (text: string): string =>
  `languages: [en]\ntitle: Hi\nprompts:\n  - slug: bye\n    messages: ${text}\n`;

describe('lint of one file', () => {
  it('judges a drill alone, with its pictures', async () => {
    const { exit, out } = await run(['lint', join(sampleDrills, '04-masks.yaml'), '--strict']);
    expect(exit).toBe(0);
    expect(out.join('\n')).toContain('04-masks');
    expect(out.join('\n')).not.toContain('01-clean-hands');
  });

  it('says nothing of its neighbours, nor of a course that is missing', async () => {
    const folder = folderOf({ 'hands.yaml': greeting('Hi {{nam}}'), 'feet.yaml': '[' });
    const { exit, out } = await run(['lint', join(folder, 'hands.yaml')]);
    expect(exit).toBe(1);
    expect(out[0]).toMatch(/^hands\.yaml:5:15 error placeholder-unknown/);
    expect(out.at(-1)).toBe('1 error, 0 warnings');
  });

  it('judges a course with the drills beside it', async () => {
    const folder = folderOf({ 'hands.yaml': greeting('Hi {{nam}}'), 'course.yaml': 'drills: [hands, feet]' });
    const { out } = await run(['lint', join(folder, 'course.yaml')]);
    expect(out.filter((line) => line.includes('.yaml:'))).toEqual([
      expect.stringMatching(/^course\.yaml:1:17 error course-unknown-drill/),
    ]);
  });

  it.each(['README.md', 'no-such.yaml'])('refuses %s', async (name) => {
    const { exit, out } = await run(['lint', join(folderOf({ 'README.md': '' }), name)]);
    expect(exit).toBe(1);
    expect(out[0]).toContain('file-unreadable');
  });
});

describe('a problem', () => {
  it('is shown with its line, and a caret below the place', async () => {
    const { out } = await run([
      'lint',
      join(folderOf({ 'hands.yaml': greeting('Hi {{nam}}') }), 'hands.yaml'),
    ]);
    expect(out.slice(1, 3)).toEqual(['  5 |     messages: Hi {{nam}}', '    |               ^']);
  });

  it('far to the right is shown with what stands around it', async () => {
    const long = `{ title: ${'x'.repeat(200)}, languages: [en], prompts: [{ slug: bye, messages: "{{nam}}" }] }`;
    const { out } = await run(['lint', join(folderOf({ 'hands.json': long }), 'hands.json')]);
    const [, line = '', caret = ''] = out;
    expect(line.length).toBeLessThan(110);
    expect(line.slice(caret.indexOf('^'))).toMatch(/^"\{\{nam\}\}"/);
  });
});

it('lint that watches tells again when a file has changed, until it is interrupted', async () => {
  const folder = folderOf({ 'hands.yaml': greeting('Hi {{nam}}') });
  const stop = new AbortController();
  const out: string[] = [];
  let told = 0;
  const err = (): void => {
    told += 1;
    if (told === 1) writeFileSync(join(folder, 'hands.yaml'), greeting('Hi {{name}}'));
    if (told === 2) stop.abort();
  };
  const terminal = { input: process.stdin, out: (line: string) => void out.push(line), err };
  const how = { json: false, strict: false };
  const code = await lintAgain(join(folder, 'hands.yaml'), how, { terminal, signal: stop.signal });
  expect(code).toBe(0);
  expect(out.filter((line) => line.includes('error'))).toEqual([
    expect.stringContaining('placeholder-unknown'),
    '1 error, 0 warnings',
    '0 errors, 0 warnings',
  ]);
});
