import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const home = join(__dirname, '..');
const most = 100 * 1024;

/** What a browser gets before the page is there: the page, and what it names. */
const firstLoad = (page: string): readonly string[] => {
  const html = readFileSync(page, 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, file]) => file ?? '');
  return [page, ...named.map((file) => join(dirname(page), file))];
};

describe('the pages', () => {
  beforeAll(() => void execFileSync(process.execPath, [join(home, 'build.mjs')]));

  it('are there after less than 100 kB of the dashboard, compressed', () => {
    const files = firstLoad(join(home, 'dist', 'dashboard', 'index.html'));
    expect(files.filter((file) => /\.(?:js|css)$/.test(file)).length).toBeGreaterThan(1);
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
    expect(bytes).toBeLessThan(most);
  });
});
