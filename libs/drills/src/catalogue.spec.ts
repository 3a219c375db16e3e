import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalogue } from './catalogue';
import { readCatalogue } from './directory';
import { canonicalJson, drillHash } from './drill-hash';
import { lintFiles } from './lint';
import type { Problem } from './problem';
import { fetchCatalogue, watchCatalogue, type WatchOptions } from './watch';

const course = 'drills: [hands]\n';
const drillSaying = (text: string): string =>
  `languages: [en]\ntitle: Hands\nprompts:\n  - slug: one\n    messages: ${text}\n`;

const temporary = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'drills-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  return directory;
};

const catalogueOf = (text: string): Catalogue => {
  const { catalogue } = lintFiles([
    { path: 'course.yaml', text: course },
    { path: 'hands.yaml', text },
  ]);
  if (!catalogue) throw new Error('the drill should be sound');
  return catalogue;
};
const onlyHash = (text: string): string | undefined => [...catalogueOf(text).byHash.keys()][0];

describe('the hash of a drill', () => {
  it('never changes for the same content', () => {
    expect(onlyHash(drillSaying('Hi'))).toBe(
      'c32f6144cdc1ef511ad6f6e69f0ab5e061b9c6b28f7829290bd025ccbd5f39f6',
    );
  });

  it('is that of the canonical JSON: sorted keys, no spaces, text untouched', () => {
    expect(canonicalJson({ b: [1, { d: undefined, c: 'e\u0301' }], a: null })).toBe(
      '{"a":null,"b":[1,{"c":"e\u0301"}]}',
    );
  });

  it.each([
    ['the order of its fields', 'title: Hands\nprompts:\n  - messages: Hi\n    slug: one\nlanguages: [en]\n'],
    ['Windows line ends', drillSaying('Hi').replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${drillSaying('Hi')}`],
    ['a comment', `# about hands\n${drillSaying('Hi')}`],
    [
      'JSON instead of YAML',
      '{\n\t"languages": ["en"], "title": {"en": "Hands"},\n\t"prompts": [{"slug": "one", "messages": [{"text": {"en": "Hi"}}]}]\n}',
    ],
    ['defaults that are written out', `autoContinue: false\n${drillSaying('Hi')}    maxAttempts: 2\n`],
  ])('does not depend on %s', (_what, text) => {
    expect(onlyHash(text)).toBe(onlyHash(drillSaying('Hi')));
  });

  it('changes with a single letter', () => {
    expect(onlyHash(drillSaying('Ho'))).not.toBe(onlyHash(drillSaying('Hi')));
  });

  it('is the one under which the catalogue keeps the drill', () => {
    const { revisions, byHash } = catalogueOf(drillSaying('Hi'));
    for (const revision of revisions.values()) {
      expect(drillHash(revision.content)).toBe(revision.hash);
      expect(byHash.get(revision.hash)).toBe(revision);
    }
  });
});

it('listens only for words of drills that there are, the course’s own first', () => {
  const files = [
    { path: 'course.yaml', text: 'drills: [hands]\nkeywords: { hands: [english] }\ndemoWords: [opus]\n' },
    { path: 'hands.yaml', text: drillSaying('Hi') },
  ];
  const keywords = lintFiles(files).catalogue?.keywords;
  expect(keywords?.drills).toEqual([{ drill: 'hands', words: ['english'] }]);
  expect(keywords?.words['en']?.demo).toContain('opus');
});

it('says that a directory cannot be read, as a problem like any other', async () => {
  const result = await readCatalogue('/nowhere/drills');
  expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual(['file-unreadable']);
});

type Heard = {
  readonly texts: string[];
  readonly refusals: Problem[][];
  readonly until: (met: () => boolean) => Promise<void>;
};

/** Watches, and lets a test wait for what was heard rather than for time to pass. */
const hearing = (place: { directory: string } | { url: string }): Heard & { close: () => void } => {
  const texts: string[] = [];
  const refusals: Problem[][] = [];
  const waiting = new Set<() => void>();
  const tell = (): void => waiting.forEach((check) => check());
  const options: WatchOptions = {
    ...place,
    everyMs: 5,
    onChange: (catalogue) => {
      texts.push(
        [...catalogue.revisions.values()]
          .map((r) => r.content.prompts[0]?.messages[0]?.text)
          .map((text) => Object.values(text ?? {}).join())
          .join(),
      );
      tell();
    },
    onRefused: (problems) => {
      refusals.push([...problems]);
      tell();
    },
  };
  const { close } = watchCatalogue(options);
  const until = (met: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!met()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return { texts, refusals, until, close };
};

describe('watching a directory', () => {
  it('keeps the old content through a bad edit and an unreadable directory, telling of each once', async () => {
    const directory = await temporary({ 'course.yaml': course, 'hands.yaml': drillSaying('first') });
    const heard = hearing({ directory });
    await heard.until(() => heard.texts.length === 1);
    await writeFile(join(directory, 'hands.yaml'), drillSaying('Hi {nobody}'));
    await heard.until(() => heard.refusals.length === 1);
    await rename(directory, `${directory}.gone`);
    await heard.until(() => heard.refusals.length === 2);
    await writeFile(join(`${directory}.gone`, 'hands.yaml'), drillSaying('second'));
    await rename(`${directory}.gone`, directory);
    await heard.until(() => heard.texts.length === 2);
    heard.close();
    expect(heard.texts).toEqual(['first', 'second']);
    expect(heard.refusals.map((problems) => problems.map(({ code }) => code))).toEqual([
      ['placeholder-malformed'],
      ['file-unreadable'],
    ]);
    await rm(directory, { recursive: true });
  });

  it('follows the swapped links of a mounted ConfigMap', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'drills-'));
    const mount = async (version: string): Promise<void> => {
      await mkdir(join(directory, `..${version}`));
      await writeFile(join(directory, `..${version}`, 'course.yaml'), course);
      await writeFile(join(directory, `..${version}`, 'hands.yaml'), drillSaying(version));
      await symlink(`..${version}`, join(directory, '..data_tmp'));
      await rename(join(directory, '..data_tmp'), join(directory, '..data'));
    };
    await mount('first');
    for (const name of ['course.yaml', 'hands.yaml']) await symlink(`..data/${name}`, join(directory, name));
    const heard = hearing({ directory });
    await heard.until(() => heard.texts.length === 1);
    await mount('second');
    await heard.until(() => heard.texts.length === 2);
    heard.close();
    expect([heard.texts, heard.refusals]).toEqual([['first', 'second'], []]);
    await rm(directory, { recursive: true });
  });
});

describe('a bundle over HTTP', () => {
  type Answer = { readonly status: number; readonly body: string; readonly etag?: string };
  let server: Server;
  let answer: Answer;
  let asked: (string | undefined)[];
  let url: string;

  const bundle = (text: string): string =>
    JSON.stringify({ files: { 'course.yaml': course, 'hands.yaml': drillSaying(text) } });

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.headers['if-none-match']);
      const same = answer.etag !== undefined && request.headers['if-none-match'] === answer.etag;
      response.writeHead(same ? 304 : answer.status, answer.etag ? { etag: answer.etag } : {});
      response.end(same ? undefined : answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/drills.json`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is fetched once for each state, by its mark', async () => {
    answer = { status: 200, body: bundle('first'), etag: '"1"' };
    const fetched = await fetchCatalogue({ url });
    expect(fetched).toMatchObject({ status: 'fetched', etag: '"1"', result: { ok: true } });
    expect(await fetchCatalogue({ url, etag: '"1"' })).toEqual({ status: 'unchanged' });
    expect(asked).toEqual([undefined, '"1"']);
  });

  it.each([
    ['storage that fails', { status: 503, body: '' }, 'answered 503'],
    [
      'what is not a bundle',
      { status: 200, body: '[]' },
      'is not JSON of the form {"files": {"path": "text"}}',
    ],
    ['more than 5 MB', { status: 200, body: 'x'.repeat(5 * 1_024 * 1_024 + 1) }, 'is over 5 MB'],
    ['a redirection', { status: 302, body: '' }, 'fetch failed: unexpected redirect'],
  ])('is unavailable for %s', async (_name, given, reason) => {
    answer = given;
    expect(await fetchCatalogue({ url })).toEqual({ status: 'unavailable', reason });
  });

  it('is unavailable at what is no web address, and where nobody listens', async () => {
    expect(await fetchCatalogue({ url: 'file:///etc/passwd' })).toMatchObject({ status: 'unavailable' });
    expect(await fetchCatalogue({ url: 'http://127.0.0.1:1/' })).toMatchObject({ status: 'unavailable' });
  });

  it('is watched like a directory, and an outage keeps the old content', async () => {
    answer = { status: 200, body: bundle('first'), etag: '"1"' };
    const heard = hearing({ url });
    await heard.until(() => heard.texts.length === 1);
    answer = { status: 500, body: '' };
    await heard.until(() => heard.refusals.length === 1);
    answer = { status: 200, body: bundle('second'), etag: '"2"' };
    await heard.until(() => heard.texts.length === 2);
    heard.close();
    expect(heard.texts).toEqual(['first', 'second']);
    expect(heard.refusals.map(([problem]) => problem?.message)).toEqual(['answered 500']);
  });
});
