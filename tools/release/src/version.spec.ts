import { compare, following, versionIn, written, type Version } from './version';

const version = (text: string): Version => versionIn(text)!;

it.each(['0.1.0', '1.2.3', '10.20.30', '1.0.0-rc.1', '1.0.0-alpha', '1.0.0-0a.x-y'])(
  'reads %s and writes it the same',
  (text) => expect(written(version(text))).toBe(text),
);

it.each(['v1.2.3', '1.2', '1', '1.2.3.4', '01.2.3', '1.2.3-', '1.2.3-01', '1.2.3+7', ' 1.2.3', '1.2.x', ''])(
  'takes "%s" for no version',
  (text) => expect(versionIn(text)).toBeUndefined(),
);

const inOrder = [
  '0.1.0',
  '0.2.0-alpha',
  '0.2.0-alpha.1',
  '0.2.0-alpha.beta',
  '0.2.0-beta.2',
  '0.2.0-beta.11',
  '0.2.0-rc.1',
  '0.2.0',
  '0.2.1',
  '0.10.0',
  '1.0.0',
];
const pairs = inOrder.flatMap((earlier, at) => inOrder.slice(at + 1).map((later) => [earlier, later]));

it.each(pairs)('puts %s before %s', (earlier, later) => {
  expect(compare(version(earlier!), version(later!))).toBeLessThan(0);
  expect(compare(version(later!), version(earlier!))).toBeGreaterThan(0);
});

it('finds a version no earlier than itself', () =>
  expect(inOrder.map((text) => compare(version(text), version(text)))).toEqual(inOrder.map(() => 0)));

it.each([
  ['0.1.0', '0.2.0'],
  ['1.4.7', '1.5.0'],
  ['2.0.0-rc.3', '2.0.0'],
])('lets %s be followed by %s', (last, next) => expect(written(following(version(last)))).toBe(next));
