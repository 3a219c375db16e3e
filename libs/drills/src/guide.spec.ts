import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultKeywords } from '@stopcovid/dialog-core';
import { templateVariables } from '@stopcovid/sms-copy';
import { problemCodes } from './problem-codes';

const root = join(__dirname, '../../..');
const guide = readFileSync(join(root, 'docs/drills.md'), 'utf8');
const cells = guide.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));

it('explains every code of lint, and no other', () => {
  const listed = cells.filter(([, , severity]) => severity === 'error' || severity === 'warning');
  const told = Object.entries(problemCodes).map(([code, entry]) => [
    `\`${code}\``,
    entry.severity,
    entry.meaning,
    entry.remedy,
  ]);
  expect(listed.map((row) => row.slice(1, 5))).toEqual(told);
});

it('shows the example as it runs', () => {
  expect(guide).toContain(readFileSync(join(root, 'drills/04-masks.yaml'), 'utf8'));
});

it('names every variable and every drill that a built-in word asks for', () => {
  for (const name of templateVariables) expect(guide).toContain(`\`{{${name}}}\``);
  for (const { drill } of defaultKeywords.drills) expect(guide).toContain(`\`${drill}\``);
});
