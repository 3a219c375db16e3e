import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlaygroundConfig, startPlayground, type Playground } from '@stopcovid/playground';
import { freePort, until } from '@stopcovid/runtime';

const drill = (name: string): string => `languages: [en]
title: ${name}
prompts:
  - slug: ask
    messages: "The ${name} drill\\n{{options}}"
    options: [{ id: a, en: 'yes' }, { id: b, en: 'no' }]
    key: a
  - { slug: bye, messages: Well done }
`;

const files = {
  'course.yaml': 'drills: [first, second, third]\n',
  ...Object.fromEntries(['first', 'second', 'third'].map((name) => [`${name}.yaml`, drill(name)])),
  'schedule.yaml': `
days: [mon, tue, wed, thu, fri, sat, sun]
time: '10:00'
window: { opens: '09:00', closes: '20:00' }
spreadMinutes: 60
reminders: [4, 24]
zone: America/Chicago
`,
};

const zones = ['America/Chicago', 'America/Denver', 'America/Los_Angeles', 'Pacific/Honolulu'];
const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;

/** The next time that it is evening in all of these zones: their tens in the morning are all still to come. */
const evening = (): string => {
  const at = new Date().setUTCHours(2, 0, 0, 0);
  return new Date(at > Date.now() ? at : at + dayMs).toISOString();
};

type Wall = readonly {
  readonly number: string;
  readonly messages: readonly { readonly mine: boolean; readonly body: string; readonly at: string }[];
}[];

const hourIn = (timeZone: string, at: string): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit' }).format(new Date(at)));

describe('a day that many trainees live through', () => {
  let playground: Playground;
  let drills: string;

  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${playground.phonesUrl}/emulator/api/${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.text().then((text) => (text === '' ? undefined : JSON.parse(text)));
  };
  const wall = (): Promise<Wall> => call('GET', 'phones') as Promise<Wall>;

  beforeAll(async () => {
    drills = await mkdtemp(join(tmpdir(), 'drills-'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(drills, name), text);
    const config = { PORT: await freePort(), LOG_LEVEL: 'fatal', PAUSE_MS: 0, DRILLS_DIR: drills } as const;
    playground = await startPlayground(Object.assign(new PlaygroundConfig(), config));
  }, 60_000);

  afterAll(async () => {
    await playground?.close();
    await rm(drills, { recursive: true, force: true });
  }, 30_000);

  it('brings each of them one drill, in the hour of the schedule by their own clock, one reminder, and nothing else', async () => {
    const from = evening();
    await call('PUT', 'clock', { to: from });
    while ((await wall()).length < 12) await call('POST', 'phones', {});
    const phones = (await wall()).map(({ number }, index) => ({
      number,
      zone: zones[index % zones.length]!,
    }));
    for (const text of ['HYGIENE', 'a'])
      for (const { number } of phones) await call('POST', 'texts', { from: number, text });
    await until(async () =>
      (await wall()).every(({ messages }) => messages.some(({ body }) => body.includes('Well done'))),
    );
    for (const { number, zone } of phones) await call('PUT', 'zones', { phone: number, zone });
    type Places = { readonly phones: readonly { readonly zone: string }[] };
    await until(async () =>
      ((await call('GET', 'clock')) as Places).phones.every(
        ({ zone }, index) => zone === phones[index]?.zone,
      ),
    );

    const before = (await wall()).map(({ messages }) => messages.length);
    await call('PUT', 'clock', { to: new Date(Date.parse(from) + dayMs).toISOString() });
    const lived = (await wall()).map(({ messages }, index) => ({
      zone: phones[index]!.zone,
      texts: messages.slice(before[index]).map(({ body, at }) => ({
        says: body.split('\n')[0],
        hour: hourIn(phones[index]!.zone, at),
      })),
    }));
    const texts = [
      { says: 'The second drill', hour: 10 },
      { says: expect.stringMatching(/Here is the question again/) as string, hour: 14 },
      { says: 'The second drill', hour: 14 },
    ];
    expect(lived).toEqual(phones.map(({ zone }) => ({ zone, texts })));
  }, 90_000);
});
