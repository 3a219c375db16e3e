import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const configuration = join(root, '.oxlintrc.json');

const broken = `
const later = async (): Promise<boolean> => true;
export const wrong = (kind: 'a' | 'b'): number => {
  later();
  if (later()) return 1;
  switch (kind) {
    case 'a':
      return 2;
  }
  return 3;
};
`;

describe('the rules that need types', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'typed-rules-'));
    const compilerOptions = { strict: true, target: 'es2023', module: 'nodenext', types: [] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    writeFileSync(join(folder, 'broken.ts'), broken);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('refuse a promise that nobody waits for, one that is taken for a yes, and a case that is left out', () => {
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
    const { status, stdout } = spawnSync(
      process.execPath,
      [oxlint, '--type-aware', '--format=unix', '-c', configuration, folder],
      { encoding: 'utf8', cwd: root },
    );
    const rules = [...stdout.matchAll(/typescript\(([a-z-]+)\)/g)].map(([, rule]) => rule);
    expect(rules.sort()).toEqual([
      'no-floating-promises',
      'no-misused-promises',
      'switch-exhaustiveness-check',
    ]);
    expect(status).toBe(1);
  });
});
