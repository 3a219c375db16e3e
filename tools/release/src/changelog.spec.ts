import { dated, notesOf, unreleased } from './changelog';

const changelog = `# Changelog

## Unreleased

- A second thing, for $& and $1.

## 0.1.0 (2026-10-01)

- A first thing.
`;

it('knows what is to be released', () =>
  expect(unreleased(changelog)).toBe('- A second thing, for $& and $1.'));

it('tells a changelog without entries from one without the heading', () => {
  expect(unreleased('# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- A thing.\n')).toBe('');
  expect(unreleased('# Changelog\n')).toBeUndefined();
});

it('puts what is unreleased under its version, and leaves an empty place for what comes', () => {
  const after = dated(changelog, '0.2.0', '2026-11-29');
  expect(unreleased(after)).toBe('');
  expect(notesOf(after, '0.2.0')).toBe('- A second thing, for $& and $1.');
  expect(notesOf(after, '0.1.0')).toBe('- A first thing.');
});

it('finds the notes of no version that merely begins alike', () => {
  const after = dated(changelog, '0.2.0-rc.1', '2026-11-29');
  expect(notesOf(after, '0.2.0')).toBeUndefined();
  expect(notesOf(after, '0.2.0-rc.1')).toContain('second');
});
