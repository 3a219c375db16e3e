import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime, until } from '@stopcovid/runtime';
import { SenderConfig } from './config';
import { copyInTime, copySource } from './copy-source';
import { ann } from './outbox/outbox.testkit';
import { bob, withSender } from './sender.testkit';

jest.setTimeout(20_000);

const thanked = { type: 'ThanksReceived', text: 'ty' } as const;
const thanks = (everybody: string, acme: string): string =>
  `sentences: { thanks: { en: ${everybody} } }\nemployers: { acme: { thanks: { en: ${acme} } } }\n`;

describe('the sentences that the sender says', () => {
  const folder = mkdtempSync(join(tmpdir(), 'copy-'));
  const write = (text: string): void => writeFileSync(join(folder, 'copy.yaml'), text);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are ours where no drills are set', () =>
    withSender(async ({ happen, bodies }) => {
      happen(ann, [thanked]);
      await until(() => bodies().length === 1);
      expect(bodies()).toEqual(["You're welcome!"]);
    }));

  it("are the deployment's and an employer's, change while it runs, and stay after a wrong edit", async () => {
    write(thanks('Welcome', 'Any time'));
    await withSender(
      async ({ happen, bodies, lines }) => {
        const heard = (what: string) => until(() => lines.some((line) => line.includes(what)));
        happen(ann, [thanked]);
        happen(bob, [thanked], { employer: 'acme' });
        await until(() => bodies().length === 1 && bodies(bob).length === 1);
        expect([bodies(), bodies(bob)]).toEqual([['Welcome'], ['Any time']]);
        write(thanks('Sure', 'Gladly'));
        await heard('our own sentences have changed');
        write('sentences: { thank: { en: Nonsense } }\n');
        await heard("copy.yaml:1:21 error unknown-field 'thank'");
        happen(ann, [thanked]);
        happen(bob, [thanked], { employer: 'acme' });
        await until(() => bodies().length === 2 && bodies(bob).length === 2);
        expect([bodies(), bodies(bob)]).toEqual([
          ['Welcome', 'Sure'],
          ['Any time', 'Gladly'],
        ]);
      },
      { DRILLS_DIR: folder, DRILLS_EVERY_MS: 10 },
    );
  });

  it('keep it from starting where they are wrong from the first', async () => {
    write('sentences: { thank: { en: Nonsense } }\n');
    const config = Object.assign(new SenderConfig(), { DRILLS_DIR: folder });
    await expect(copySource(config, createRuntime('sms-sender', config))).rejects.toThrow(/copy\.yaml:1:21/);
  });

  it('are waited for at the start of the service, until they are set right', async () => {
    write('sentences: { thank: { en: Nonsense } }\n');
    const config = Object.assign(new SenderConfig(), { DRILLS_DIR: folder, DRILLS_EVERY_MS: 20 });
    const runtime = createRuntime('sms-sender', { LOG_LEVEL: 'fatal', LOG_FORMAT: 'json' });
    const source = copyInTime(config, runtime);
    const said = async () => (await runtime.health.ready()).checks['drills']?.detail;
    expect(await until(said)).toMatch(/copy\.yaml:1:21 .*: set the file right, or DRILLS_DIR$/);
    write('sentences: {}\n');
    (await source).close();
    expect(await said()).toBeUndefined();
  });
});
