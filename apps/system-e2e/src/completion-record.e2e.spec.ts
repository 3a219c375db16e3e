import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlaygroundConfig, startPlayground, type Playground } from '@stopcovid/playground';
import { freePort, until } from '@stopcovid/runtime';
import type { Browser } from 'playwright-core';
import { openBrowser, openPhones, PhoneOnPage } from './phone-page.testkit';

const files = {
  'course.yaml': 'drills: [hands]\npassMark: 70\ntitle: { en: Clean hands }\n',
  'hands.yaml': `languages: [en]
title: Hands
prompts:
  - slug: ask
    messages: "Is soap enough?\\n{{options}}"
    options: [{ id: a, en: 'yes' }, { id: b, en: 'no' }]
    key: a
  - { slug: bye, messages: Well done }
`,
  'schedule.yaml': `
days: [mon, tue, wed, thu, fri, sat, sun]
time: '10:00'
window: { opens: '00:00', closes: '24:00' }
zone: America/Chicago
`,
};

describe('who passes the course in the playground', () => {
  let playground: Playground;
  let drills: string;
  let browser: Browser;

  beforeAll(async () => {
    drills = await mkdtemp(join(tmpdir(), 'drills-'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(drills, name), text);
    const config = { PORT: await freePort(), LOG_LEVEL: 'fatal', PAUSE_MS: 0, DRILLS_DIR: drills } as const;
    playground = await startPlayground(Object.assign(new PlaygroundConfig(), config));
    browser = await openBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await playground?.close();
    await rm(drills, { recursive: true, force: true });
  }, 30_000);

  it('gets the address of a record by text, which opens and says that it holds; what they texted is their employer’s', async () => {
    const phone = new PhoneOnPage(await openPhones(browser, playground.phonesUrl), '+12025550143');
    await phone.text('HYGIENE');
    await phone.reads(/Is soap enough/);
    await phone.text('a');
    const [told] = (await phone.reads(/You passed Clean hands/)).slice(-1);
    const record = await browser.newPage();
    await record.goto(/http\S+/.exec(told ?? '')?.[0] ?? '');
    expect(await record.locator('body').innerText()).toMatch(/Clean hands[\s\S]*Valid[\s\S]*1 of 1/);

    const costs = `${playground.progressUrl}/v1/stats/cost?by=employer&direction=inbound`;
    const counted = await until(async () => {
      const response = await fetch(costs, { headers: { authorization: `Bearer ${playground.apiKey}` } });
      const { lines } = (await response.json()) as { lines: { group: object; messages: number }[] };
      return lines.length === 1 && lines[0]?.messages === 2 ? lines : undefined;
    });
    expect(counted).toMatchObject([{ group: { employerId: 'acme' }, messages: 2 }]);
  }, 60_000);
});
