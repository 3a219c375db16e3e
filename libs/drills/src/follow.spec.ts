import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { followCatalogue, type CatalogueListener, type FollowedCatalogue } from './follow';

const drill = (text: string): string =>
  JSON.stringify({
    slug: 'hands',
    title: { en: 'Hands' },
    languages: ['en'],
    prompts: [{ slug: 'bye', messages: [{ text: { en: text } }] }],
  });
const course = JSON.stringify({ slug: 'hygiene', drills: ['hands'] });

const folder = (text = 'Wash them.'): string => {
  const directory = mkdtempSync(join(tmpdir(), 'followed-'));
  writeFileSync(join(directory, 'course.json'), course);
  writeFileSync(join(directory, 'hands.json'), drill(text));
  return directory;
};

/** Calls what is asked for next, whatever else is heard before. */
const hearing = () => {
  const heard: string[] = [];
  const waiting = new Map<string, () => void>();
  const hear = (what: string): void => {
    heard.push(what);
    waiting.get(what)?.();
  };
  const listener: CatalogueListener = {
    same: () => hear('same'),
    changed: () => hear('changed'),
    refused: () => hear('refused'),
    repaired: () => hear('repaired'),
  };
  const next = (what: string): Promise<void> => new Promise((resolve) => waiting.set(what, resolve));
  return { listener, next, heard };
};

describe('drills that are followed', () => {
  const open: FollowedCatalogue[] = [];
  afterEach(() => {
    for (const followed of open.splice(0)) followed.close();
  });
  const follow = async (directory: string, listener: CatalogueListener): Promise<FollowedCatalogue> => {
    const followed = await followCatalogue({ place: { directory }, everyMs: 5, listener });
    open.push(followed);
    return followed;
  };

  it('are there from the start, and change when they are edited', async () => {
    const directory = folder();
    const { listener, next, heard } = hearing();
    const read = next('same');
    const followed = await follow(directory, listener);
    const before = followed.current().version;
    await read;
    const changed = next('changed');
    writeFileSync(join(directory, 'hands.json'), drill('Wash them well.'));
    await changed;
    expect(followed.current().version).not.toBe(before);
    expect(heard).toEqual(['same', 'changed']);
  });

  it('stay as they were after an edit that cannot be used', async () => {
    const directory = folder();
    const { listener, next } = hearing();
    const followed = await follow(directory, listener);
    const before = followed.current();
    const refused = next('refused');
    writeFileSync(join(directory, 'course.json'), JSON.stringify({ slug: 'hygiene', drills: ['gone'] }));
    await refused;
    expect(followed.current()).toBe(before);
  });

  it('are said to be repaired once after a refusal, also when they are again what they were', async () => {
    const directory = folder();
    const { listener, next, heard } = hearing();
    const same = next('same');
    await follow(directory, listener);
    await same;
    const refused = next('refused');
    writeFileSync(join(directory, 'course.json'), JSON.stringify({ slug: 'hygiene', drills: ['gone'] }));
    await refused;
    const repaired = next('repaired');
    writeFileSync(join(directory, 'course.json'), course);
    await repaired;
    const changed = next('changed');
    writeFileSync(join(directory, 'hands.json'), drill('Wash them well.'));
    await changed;
    expect(heard.filter((what) => what === 'repaired')).toEqual(['repaired']);
  });

  it('are refused at the start with every problem', async () => {
    const directory = folder();
    writeFileSync(join(directory, 'course.json'), JSON.stringify({ slug: 'hygiene', drills: ['gone'] }));
    await expect(follow(directory, hearing().listener)).rejects.toThrow(/cannot be used[^]*gone/);
  });

  it('may stand behind an address', async () => {
    const files = { 'course.json': course, 'hands.json': drill('Wash them.') };
    const server = createServer((_request, response) => response.end(JSON.stringify({ files })));
    server.unref();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/drills.json`;
    const { listener } = hearing();
    const followed = await followCatalogue({ place: { url }, everyMs: 60_000, listener });
    followed.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect([...followed.current().revisions.keys()]).toEqual(['hands']);
    await expect(followCatalogue({ place: { url }, everyMs: 60_000, listener })).rejects.toThrow(
      /cannot be fetched/,
    );
  });
});
