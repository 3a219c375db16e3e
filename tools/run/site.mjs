import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { npm, root, run, runNode } from './programs.mjs';
import { say, secondsSince } from './say.mjs';

const parts = join(root, 'docs', 'site');
/* By its real name: VitePress takes a page that it reaches by a symbolic link for another one. */
mkdirSync(join(root, '.cache', 'docs-site'), { recursive: true });
const workshop = realpathSync(join(root, '.cache', 'docs-site'));
const pages = join(workshop, 'pages');

const read = (path) => readFileSync(join(root, path), 'utf8');
const source = /^home: (.+)$/m.exec(read('helm/stopcovid-dialog-engine/Chart.yaml'))[1];

/** Every document but those that GitHub shows by itself, and what only copies of data say. */
const documents = () =>
  spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  })
    .stdout.split('\n')
    .filter((path) => path !== '' && !path.startsWith('.github/') && existsSync(join(root, path)));

/** A README is the first page of its folder. */
const pageOf = (document) => document.replace(/(^|\/)README\.md$/, '$1index.md');

const isFolder = (path) => existsSync(join(root, path)) && statSync(join(root, path)).isDirectory();

/** What the source is asked for: a picture as it is, the page of anything else. */
const kindOf = (path) => {
  if (path.endsWith('.png')) return 'raw';
  return isFolder(path) ? 'tree' : 'blob';
};

/** Where a link of a document leads on the site: to another page, or to the source of what is none. */
const onTheSite = (known, document, target) => {
  const [path, anchor] = target.split('#');
  if (path === '') return target;
  const to = posix.join(posix.dirname(document), path).replace(/\/$/, '');
  const page = isFolder(to) ? posix.join(to, 'README.md') : to;
  const tail = anchor === undefined ? '' : `#${anchor}`;
  if (!known.has(page)) return `${source}/${kindOf(to)}/main/${to}${tail}`;
  const way = posix.relative(posix.dirname(pageOf(document)), pageOf(page));
  return `${way.startsWith('.') ? way : `./${way}`}${tail}`;
};

const link = /(?<=\]\()(?!\w+:)([^)\s]+)(?=(?: "[^"]*")?\))/g;
const fenceOrSpan = /(^(?:`{3,}|~{3,})[^]*?^(?:`{3,}|~{3,})|`[^`\n]*`)/gm;

/** The document as a page: links lead on, marks for our own tools are left out, and braces are what they look like. */
const written = (known, document) =>
  read(document)
    .split(fenceOrSpan)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part
            .replaceAll(/<!--[^]*?-->\n?/g, '')
            .replaceAll('{{', '{&#8203;{')
            .replaceAll(link, (target) => onTheSite(known, document, target)),
    )
    .join('');

const titleOf = (document) => /^# (.+)$/m.exec(read(document))?.[1].replaceAll('`', '') ?? document;
const entry = (document) => ({
  text: document === 'README.md' ? 'What it is' : titleOf(document),
  link: `/${pageOf(document).replace(/(^|\/)index\.md$|\.md$/, '$1')}`,
});

const contents = (known) => {
  const doors = JSON.parse(read('docs/site/doors.json'));
  const decisions = [...known].filter((path) => path.startsWith('docs/adr/'));
  const groups = [...Object.entries(doors), ['Decisions', decisions]];
  const sidebar = groups.map(([text, paths], at) => ({ text, collapsed: at > 0, items: paths.map(entry) }));
  return { sidebar, source };
};

const put = (path, text) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

const installGenerator = async () => {
  const lock = readFileSync(join(parts, 'package-lock.json'), 'utf8');
  const stamp = join(workshop, 'node_modules', '.installed-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return 0;
  say('installing the generator of the site (about 100 MB, once)');
  for (const name of ['package.json', 'package-lock.json'])
    copyFileSync(join(parts, name), join(workshop, name));
  const code = await run(npm, ['ci', '--no-progress', '--loglevel=error', '--ignore-scripts'], {
    cwd: workshop,
  });
  if (code === 0) writeFileSync(stamp, lock);
  return code;
};

/** Builds the site of the documents into `.cache/docs-site/site`. Answers an exit code; a dead link is one. */
export const buildSite = async () => {
  const start = Date.now();
  const installed = await installGenerator();
  if (installed !== 0) return installed;
  rmSync(pages, { recursive: true, force: true });
  const known = new Set(documents());
  for (const document of known) put(join(pages, pageOf(document)), written(known, document));
  put(join(pages, '.vitepress', 'contents.json'), JSON.stringify(contents(known)));
  copyFileSync(join(parts, 'config.mjs'), join(pages, '.vitepress', 'config.mjs'));
  const built = await runNode([
    join(workshop, 'node_modules', 'vitepress', 'bin', 'vitepress.js'),
    'build',
    pages,
  ]);
  if (built === 0) say(`the site is in .cache/docs-site/site, after ${secondsSince(start)}`);
  return built;
};
