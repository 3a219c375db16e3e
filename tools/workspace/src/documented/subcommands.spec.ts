import { read } from '../repository.testkit';
import { subcommands } from './code.testkit';

/* The first column of the table: `codes add`, `list`, `disable` or `show <phone>`. */
const documented = new Set(
  [...read('tools/dialog/README.md').matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, words = '']) =>
      words.split(' ').filter((w) => /^[a-z-]+$/.test(w)),
    ),
  ),
);

it('the README of the command line names every subcommand', () => {
  expect(subcommands().length).toBeGreaterThan(10);
  expect(subcommands().filter((name) => !documented.has(name))).toEqual([]);
});

it('and none that is not there', () => {
  const named = [...documented].filter((word) => !word.startsWith('--'));
  expect(named.filter((name) => !subcommands().includes(name))).toEqual([]);
});
