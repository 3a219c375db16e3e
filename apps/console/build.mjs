import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, brotliCompressSync, gzipSync } from 'node:zlib';

/* Each is a folder of `src` with an index.html, and is served by an app of its own. */
const entries = ['dashboard'];

const home = dirname(fileURLToPath(import.meta.url));
const dist = join(home, 'dist');
const stamp = join(dist, '.built-from');

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** What the pages are made of: our sources, this script, and the packages that the lock file names. */
const madeOf = () => {
  const hash = createHash('sha256');
  const lock = join(home, '..', '..', 'package-lock.json');
  for (const file of [...filesBelow(join(home, 'src')), join(home, 'build.mjs'), lock])
    hash.update(file.slice(home.length)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
};

const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } });

/** Beside each file what it is when compressed, so that no server compresses it again and again. */
const compress = (folder) => {
  for (const file of filesBelow(folder)) {
    const bytes = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${file}.br`, brotli(bytes));
  }
};

const buildEntry = async (entry) => {
  const { build } = await import('vite');
  const outDir = join(dist, entry);
  await build({
    configFile: false,
    root: join(home, 'src', entry),
    base: './',
    logLevel: 'warn',
    /* React's name is in the types of nobody here: Preact's own runtime of JSX. */
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      /* The policy of the page takes no data in place of a file. */
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
  });
  compress(outDir);
};

const now = madeOf();
const isBuilt = existsSync(stamp) && readFileSync(stamp, 'utf8') === now;
if (!isBuilt || process.argv.includes('--force')) {
  for (const entry of entries) await buildEntry(entry);
  writeFileSync(stamp, now);
}
