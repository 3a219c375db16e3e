import { join } from 'node:path';
import { filesBelow, projectsIn, read } from './repository.testkit';

describe('the documents', () => {
  it.each(projectsIn('apps').filter((app) => !app.endsWith('-e2e')))(
    'describe %s under the six headings',
    (app) => {
      const headings = [...read(join(app, 'README.md')).matchAll(/^## (.+)$/gm)].map(
        ([, heading]) => heading,
      );
      expect(headings).toEqual(
        expect.arrayContaining([
          'What it does',
          'Messages in, messages out',
          'State it owns',
          'Configuration',
          'When it is unhappy',
          'How to change it',
        ]),
      );
    },
  );

  it.each(['libs', 'tools'].flatMap(projectsIn))('say what %s does and how to change it', (project) => {
    expect(read(join(project, 'README.md'))).toMatch(/^## What it does[\s\S]*^## How to change it/m);
  });
});

describe('the failure codes', () => {
  const sources = ['apps', 'libs', 'tools/dialog']
    .flatMap((folder) => filesBelow(folder))
    .filter(
      (file) =>
        /\.ts$/.test(file) &&
        !file.startsWith('apps/playground/') &&
        !/\.(spec|testkit|contract)\.ts$/.test(file),
    );
  const patterns = [
    /deadLetter\(\s*'([A-Z][A-Z_]+)'/g,
    /refused\(\s*\w+,\s*'([A-Z][A-Z_]+)'/g,
    /missing\(\s*'([A-Z][A-Z_]+)'/g,
    /failed\(\s*'([A-Z][A-Z_]+)'/g,
    /retry\('([A-Z][A-Z_]+)'\)/g,
    /code(?:: | = )'([A-Z][A-Z_]+)'/g,
    /handlerBug = '([A-Z_]+)'/g,
  ];
  const used = new Set(
    sources.flatMap((file) =>
      patterns.flatMap((pattern) => [...read(file).matchAll(pattern)].map(([, code]) => code)),
    ),
  );
  const documented = new Set(
    [...read('docs/errors.md').matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code),
  );

  it('are found in the source', () => expect(used.size).toBeGreaterThan(10));

  it('are all documented', () => expect([...used].filter((code) => !documented.has(code))).toEqual([]));

  it('that are documented can all happen', () => {
    const everything = sources.map(read).join('\n');
    expect([...documented].filter((code) => !everything.includes(`'${code}'`))).toEqual([]);
  });
});
