import { filesBelow, read } from '../repository.testkit';

const sources = ['apps', 'libs']
  .flatMap(filesBelow)
  .filter((file) => file.endsWith('.ts') && !/\.(spec|testkit|contract)\.ts$/.test(file))
  .map((file) => ({ file, text: read(file) }));

/** The settings that a class of the environment declares: a decorated field in capitals. */
const declared = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/^ {2}readonly ([A-Z][A-Z0-9_]+)[?!]?:/gm)].map(([, name = '']) => ({ name, file })),
);

const isRead = (name: string): boolean => {
  const reads = new RegExp(`(?:\\.|[{,]\\s*)${name}\\b|'${name}'`);
  return sources.some(({ text }) => reads.test(text));
};

it('the settings are found in the sources', () => expect(declared.length).toBeGreaterThan(30));

it.each(declared)('$name of $file is read somewhere', ({ name }) => expect(isRead(name)).toBe(true));
