import { documents } from './markdown.testkit';
import { filesBelow, read } from './repository.testkit';

const doors = JSON.parse(read('docs/site/doors.json')) as Readonly<Record<string, readonly string[]>>;
const behind = Object.values(doors).flat();

it('every page behind a door is there, behind one door', () => {
  expect(behind.filter((path) => !documents.includes(path))).toEqual([]);
  expect(behind.filter((path, at) => behind.indexOf(path) !== at)).toEqual([]);
});

it('no guide of docs stands outside', () => {
  const guides = filesBelow('docs').filter((path) => /^docs\/[\w-]+\.md$/.test(path));
  expect(guides.length).toBeGreaterThan(5);
  expect(guides.filter((path) => !behind.includes(path))).toEqual([]);
});
