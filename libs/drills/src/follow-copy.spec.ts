import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { followCopy, type HeldCopy } from './follow-copy';
import type { FollowedCatalogue } from './follow';
import { formatProblem, type Problem } from './problem';

const copyIn = (directory: string): string => join(directory, 'copy.yaml');
const praise = (text: string): string => `sentences:\n  praise: { en: ${text} }\n`;

/** Follows a folder; `once` resolves with what is heard next of that kind. */
const following = async (directory: string) => {
  const waiting = new Map<string, (problems: readonly Problem[]) => void>();
  const hear = (what: string, problems: readonly Problem[] = []): void => waiting.get(what)?.(problems);
  const followed = await followCopy({
    place: { directory },
    everyMs: 5,
    listener: {
      same: () => hear('same'),
      changed: () => hear('changed'),
      repaired: () => hear('repaired'),
      refused: (problems) => hear('refused', problems),
    },
  });
  open.push(followed);
  const once = (what: 'changed' | 'refused' | 'same') =>
    new Promise<readonly Problem[]>((resolve) => waiting.set(what, resolve));
  return { said: () => followed.current().copy.sentences?.praise?.['en'], once };
};

const open: FollowedCatalogue<HeldCopy>[] = [];
const folders: string[] = [];
const folder = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'copy-'));
  folders.push(directory);
  return directory;
};

afterEach(() => {
  for (const followed of open.splice(0)) followed.close();
  for (const directory of folders.splice(0)) rmSync(directory, { recursive: true });
});

describe('sentences of our own that are followed', () => {
  it('are ours without a file, and others as soon as there is one', async () => {
    const directory = folder();
    const { said, once } = await following(directory);
    expect(said()).toBeUndefined();
    const changed = once('changed');
    writeFileSync(copyIn(directory), praise('Great'));
    await changed;
    expect(said()).toBe('Great');
  });

  it('stay as they were after a wrong edit, whose problems are told, and change with the mended one', async () => {
    const directory = folder();
    writeFileSync(copyIn(directory), praise('Great'));
    const { said, once } = await following(directory);
    const refused = once('refused');
    writeFileSync(copyIn(directory), 'sentences:\n  prase: { en: Better }\n');
    expect((await refused).map(formatProblem)).toEqual([
      expect.stringMatching(/^copy\.yaml:2:\d+ error unknown-field 'prase'/),
    ]);
    expect(said()).toBe('Great');
    const changed = once('changed');
    writeFileSync(copyIn(directory), praise('Better'));
    await changed;
    expect(said()).toBe('Better');
  });

  it('are there although a drill beside them cannot be used', async () => {
    const directory = folder();
    writeFileSync(copyIn(directory), praise('Great'));
    writeFileSync(join(directory, 'hands.yaml'), 'prompts: oops');
    expect((await following(directory)).said()).toBe('Great');
  });

  it('are refused at the start with every problem', async () => {
    const directory = folder();
    writeFileSync(copyIn(directory), 'sentences:\n  prase: { en: Better }\n');
    await expect(following(directory)).rejects.toThrow(/cannot be used[^]*copy\.yaml:2/);
  });
});
