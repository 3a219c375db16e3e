import { chmod, mkdir, mkdtemp, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSources } from './directory';
import { folderLooks } from './folder-look';

const folders: string[] = [];
afterEach(async () => {
  for (const directory of folders.splice(0)) await rm(directory, { recursive: true });
});

const folder = async (files: Readonly<Record<string, string>> = {}): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'looked-at-'));
  folders.push(directory);
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  return directory;
};

/** Looks at a folder by a clock that the test sets, and counts how often its files are read. */
const looking = (directory: string) => {
  const clock = { ms: 0, reads: 0 };
  const look = folderLooks(directory, {
    now: () => clock.ms,
    read: (place) => {
      clock.reads += 1;
      return readSources(place);
    },
  });
  const after = async (seconds: number) => {
    clock.ms += seconds * 1_000;
    const seen = await look();
    if (seen === 'same') return seen;
    return 'unreadable' in seen ? seen.unreadable.message : seen.files.map(({ text }) => text).join();
  };
  /** Looks until what is there is relied on. */
  const settled = async (): Promise<void> => {
    await after(0);
    await after(2);
    expect(await after(1)).toBe('same');
  };
  return { after, settled, reads: () => clock.reads };
};

describe('a look at a folder in which nothing changes', () => {
  it('reads the files once more two seconds later, as they may have been written again in the same moment, and no more', async () => {
    const { after, reads } = looking(await folder({ 'a.yaml': 'one', 'b.yaml': 'two' }));
    expect(await after(0)).toBe('one,two');
    expect(await after(1.9)).toBe('one,two');
    expect(await after(0.1)).toBe('one,two');
    for (let second = 0; second < 50; second += 1) expect(await after(1)).toBe('same');
    expect(reads()).toBe(3);
  });

  it('reads them once a minute whatever it is told of them', async () => {
    const { after, settled, reads } = looking(await folder({ 'a.yaml': 'one' }));
    await settled();
    expect(await after(58.9)).toBe('same');
    expect(await after(0.1)).toBe('one');
    expect(await after(1)).toBe('same');
    expect(reads()).toBe(3);
  });

  it('does not mind files that are no drills', async () => {
    const directory = await folder({ 'a.yaml': 'one' });
    const { after, settled } = looking(directory);
    await settled();
    await writeFile(join(directory, 'notes.txt'), 'beside them');
    expect(await after(1)).toBe('same');
  });
});

type Change = (directory: string) => Promise<void>;
const changes: readonly (readonly [string, Change, string])[] = [
  ['is edited', (directory) => writeFile(join(directory, 'a.yaml'), 'edited'), 'edited,two'],
  [
    'is replaced by one of its size and dates',
    async (directory) => {
      const { atime, mtime } = await stat(join(directory, 'a.yaml'));
      await writeFile(join(directory, 'new'), 'eno');
      await utimes(join(directory, 'new'), atime, mtime);
      await rename(join(directory, 'new'), join(directory, 'a.yaml'));
    },
    'eno,two',
  ],
  [
    'is written over with its size, and gets its date back',
    async (directory) => {
      const { atime, mtime } = await stat(join(directory, 'a.yaml'));
      await writeFile(join(directory, 'a.yaml'), 'eno');
      await utimes(join(directory, 'a.yaml'), atime, mtime);
    },
    'eno,two',
  ],
  ['is added', (directory) => writeFile(join(directory, 'c.yaml'), 'three'), 'one,two,three'],
  ['is removed', (directory) => rm(join(directory, 'a.yaml')), 'two'],
  [
    'has another name',
    (directory) => rename(join(directory, 'a.yaml'), join(directory, 'c.yaml')),
    'two,one',
  ],
];

describe('a look at a folder after a file of it', () => {
  it.each(changes)('%s finds what is there now', async (_what, change, found) => {
    const directory = await folder({ 'a.yaml': 'one', 'b.yaml': 'two' });
    const { after, settled } = looking(directory);
    await settled();
    await change(directory);
    expect(await after(1)).toBe(found);
    await settled();
  });
});

describe('a look at a folder that', () => {
  it('gets another picture finds its name', async () => {
    const directory = await folder({ 'a.yaml': 'one' });
    await mkdir(join(directory, 'assets'));
    const { after, settled } = looking(directory);
    await settled();
    await writeFile(join(directory, 'assets', 'hands.png'), '');
    expect(await after(1)).toBe('one');
  });

  it('is mounted as a ConfigMap finds each one that is swapped in, also one of the same names, sizes and dates', async () => {
    const directory = await folder();
    const mount = async (text: string): Promise<void> => {
      await mkdir(join(directory, `..${text}`));
      await writeFile(join(directory, `..${text}`, 'a.yaml'), text);
      await utimes(join(directory, `..${text}`, 'a.yaml'), 1, 1);
      await symlink(`..${text}`, join(directory, '..data_tmp'));
      await rename(join(directory, '..data_tmp'), join(directory, '..data'));
    };
    await mount('one');
    await symlink('..data/a.yaml', join(directory, 'a.yaml'));
    const { after, settled } = looking(directory);
    await settled();
    await mount('two');
    expect(await after(1)).toBe('two');
    await settled();
  });

  it('links to files elsewhere finds them edited', async () => {
    const [elsewhere, directory] = [await folder({ 'a.yaml': 'one' }), await folder()];
    await symlink(join(elsewhere, 'a.yaml'), join(directory, 'a.yaml'));
    const { after, settled } = looking(directory);
    await settled();
    await writeFile(join(elsewhere, 'a.yaml'), 'two');
    expect(await after(1)).toBe('two');
  });

  it('cannot be read says so at each look, and is read as soon as it can be, also when it is what it was', async () => {
    const directory = await folder({ 'a.yaml': 'one' });
    const { after, settled } = looking(directory);
    await settled();
    await rename(directory, `${directory}.gone`);
    expect(await after(1)).toMatch(/ENOENT/);
    expect(await after(1)).toMatch(/ENOENT/);
    await rename(`${directory}.gone`, directory);
    expect(await after(1)).toBe('one');
    await settled();
  });

  it('has a link to nowhere names it in the same words at each look', async () => {
    const directory = await folder({ 'b.yaml': 'two' });
    await symlink(join(directory, 'nowhere'), join(directory, 'a.yaml'));
    await symlink(join(directory, 'nowhere'), join(directory, 'c.yaml'));
    const { after } = looking(directory);
    const first = await after(0);
    expect(first).toMatch(/ENOENT.*a\.yaml/);
    for (const second of [3, 3, 3]) expect(await after(second)).toBe(first);
  });

  it('may be read no more is noticed, where the reader is not allowed everything', async () => {
    const directory = await folder({ 'a.yaml': 'one' });
    const { after, settled, reads } = looking(directory);
    await settled();
    const before = reads();
    await chmod(join(directory, 'a.yaml'), 0o000);
    await after(1);
    expect(reads()).toBe(before + 1);
  });
});
