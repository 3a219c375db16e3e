import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime, until } from '@stopcovid/runtime';
import { DialogEngineConfig } from './config';
import { drillsInTime } from './engine-drills';

const masks = 'languages: [en]\ntitle: Masks\nprompts:\n  - { slug: bye, messages: Bye }\n';
const revisions = { load: () => Promise.resolve(new Map()), save: () => Promise.resolve() };

describe('drills that cannot be used when the engine starts', () => {
  const directory = mkdtempSync(join(tmpdir(), 'engine-drills-'));
  const write = (name: string, text: string): void => writeFileSync(join(directory, name), text);
  afterAll(() => rmSync(directory, { recursive: true }));

  it('are waited for: log and readiness say the place and the remedy until they are set right', async () => {
    write('course.yaml', 'drills: [masks, missing]\n');
    write('masks.yaml', masks);
    const config = Object.assign(new DialogEngineConfig(), { DRILLS_DIR: directory, DRILLS_EVERY_MS: 20 });
    const lines: string[] = [];
    const runtime = createRuntime('dialog-engine', config, { write: (line) => void lines.push(line) });
    const catalogue = drillsInTime({ config, runtime, revisions });
    const said = async () => (await runtime.health.ready()).checks['drills']?.detail;
    const reason = await until(said);
    expect(reason).toMatch(/course\.yaml:1:\d+ error .*missing.*: set the file right, or DRILLS_DIR$/);
    await until(() => lines.some((line) => line.includes('the drills cannot be used yet')));
    expect((await runtime.health.live()).up).toBe(true);
    write('course.yaml', 'drills: [masks]\n');
    const source = await catalogue;
    source.close();
    expect([...source.current().catalogue.revisions.keys()]).toEqual(['masks']);
    expect(await said()).toBeUndefined();
  });
});
