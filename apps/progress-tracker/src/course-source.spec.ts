import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime, soak, soakWithinMs, until } from '@stopcovid/runtime';
import { courseInTime, watchedCourse } from './course-source';

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

describe('a course that is edited while we run', () => {
  const directory = mkdtempSync(join(tmpdir(), 'course-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it(
    'leaves nothing of what it was before in memory',
    async () => {
      writeFileSync(join(directory, 'course.json'), JSON.stringify({ slug: 'hygiene', drills: ['hands'] }));
      writeFileSync(join(directory, 'hands.json'), drill('Wash them.'));
      const runtime = createRuntime('progress-tracker', { LOG_LEVEL: 'fatal', LOG_FORMAT: 'json' });
      const course = await watchedCourse({ place: { directory }, everyMs: 0, runtime });
      const each = async (number: number): Promise<void> => {
        const before = course.current();
        writeFileSync(join(directory, 'hands.json'), drill(`Wash them ${number} times.`));
        await until(() => course.current() !== before);
      };
      const faults = await soak({ things: 200, each, settling: 100, mostBytes: 8_192, plantedBytes: 16_384 });
      course.close();
      expect(faults).toEqual([]);
    },
    soakWithinMs,
  );

  it('is waited for at the start, until it is set right', async () => {
    const runtime = createRuntime('progress-tracker', { LOG_LEVEL: 'fatal', LOG_FORMAT: 'json' });
    writeFileSync(join(directory, 'hands.json'), drill('Wash them.'));
    writeFileSync(join(directory, 'course.json'), JSON.stringify({ slug: 'hygiene', drills: ['feet'] }));
    const course = courseInTime({ place: { directory }, everyMs: 20, runtime });
    const said = async () => (await runtime.health.ready()).checks['drills']?.detail;
    expect(await until(said)).toMatch(/course\.json:1:\d+ .*: set the file right, or DRILLS_DIR$/);
    writeFileSync(join(directory, 'course.json'), JSON.stringify({ slug: 'hygiene', drills: ['hands'] }));
    (await course).close();
    expect(await said()).toBeUndefined();
  });
});
