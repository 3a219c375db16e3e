import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { soak, soakWithinMs, until } from '@stopcovid/runtime';
import { watchedCatalogue } from './catalogue';
import { cachedRevisionStore } from './revisions/revision-store';

/** Long enough that whoever kept one of them would be seen. */
const drill = (text: string): string =>
  JSON.stringify({
    slug: 'hands',
    title: { en: 'Hands' },
    languages: ['en'],
    prompts: Array.from({ length: 40 }, (_, index) => ({
      slug: `part-${index}`,
      messages: [{ text: { en: `${index}. ${text}` } }],
    })),
  });

/** Somewhere else, of which this process keeps the last few. */
const kept = () =>
  cachedRevisionStore({ load: () => Promise.resolve(new Map()), save: () => Promise.resolve() }, 20);

const silent = {
  same: () => undefined,
  changed: () => undefined,
  repaired: () => undefined,
  refused: () => undefined,
};

describe('drills that are edited while the engine runs', () => {
  const directory = mkdtempSync(join(tmpdir(), 'catalogue-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it(
    'leave nothing of what they were before in memory',
    async () => {
      writeFileSync(join(directory, 'course.json'), JSON.stringify({ slug: 'hygiene', drills: ['hands'] }));
      writeFileSync(join(directory, 'hands.json'), drill('Wash them.'));
      const failures: unknown[] = [];
      const listener = { ...silent, failed: (error: unknown) => void failures.push(error) };
      const watched = { place: { directory }, everyMs: 0, revisions: kept(), listener };
      const source = await watchedCatalogue(watched);
      const each = async (number: number): Promise<void> => {
        const before = source.current();
        writeFileSync(join(directory, 'hands.json'), drill(`Wash them ${number} times.`));
        await until(() => source.current() !== before);
      };
      const faults = await soak({ things: 200, each, settling: 100, mostBytes: 8_192, plantedBytes: 16_384 });
      source.close();
      expect([...faults, ...failures]).toEqual([]);
    },
    soakWithinMs,
  );
});
