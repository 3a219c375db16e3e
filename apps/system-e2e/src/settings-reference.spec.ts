import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configTable, describeConfig, loadConfig, type ConfigClass } from '@stopcovid/runtime';
import { configClasses } from './config-classes.testkit';
import { root } from './root.testkit';

const isWritten = process.env['UPDATE_DOCS'] === '1';

/* A default that is a place in the tree is another one on each machine. */
const tableOf = (type: ConfigClass): string => configTable(type).replaceAll(`\`${root}/`, '`…/');
const written = /^\| Variable [^]*?(?=\n\n)/m;
const plain = (markdown = ''): string => markdown.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

/** Those that a process is started with; the others are parts of them. The rest of runtime is what all have in common. */
const ofProcesses = configClasses.filter(({ file }) => /^apps\/|^libs\/runtime\//.test(file));

it('the classes are found in the sources', () => expect(ofProcesses.length).toBeGreaterThan(6));

it.each(
  ofProcesses.map(({ file, type }) => [type.name, join(root, dirname(file), '../README.md'), type] as const),
)('the README beside %s lists its settings as they are', (_name, path, type) => {
  if (isWritten)
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(written, () => tableOf(type)),
    );
  expect(plain(written.exec(readFileSync(path, 'utf8'))?.[0])).toBe(plain(tableOf(type)));
});

it.each(configClasses.map(({ type }) => [type.name, type] as const))(
  '%s takes its own examples',
  (_name, type) => {
    const examples = Object.fromEntries(describeConfig(type).map(({ name, example }) => [name, example]));
    expect(() => loadConfig(type, examples)).not.toThrow();
  },
);
