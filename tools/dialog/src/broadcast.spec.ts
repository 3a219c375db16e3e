import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  inMemoryAudiences,
  inMemoryBroadcasts,
  inMemoryPhoneSchedules,
  inMemoryProgressStore,
  type BroadcastParts,
} from '@stopcovid/progress-tracker';
import { listAudiences, removeAudience, setAudience } from './audience';
import { sendBroadcast, showBroadcast } from './broadcast';
import { contentOf } from './content-file';

const desk = () => {
  const out: string[] = [];
  const terminal = {
    input: Readable.from([]),
    out: (line: string) => void out.push(line),
    err: () => undefined,
  };
  const parts: BroadcastParts = {
    store: inMemoryProgressStore(),
    phones: inMemoryPhoneSchedules(),
    schedules: { of: () => Promise.resolve([]) },
    broadcasts: inMemoryBroadcasts(),
    audiences: inMemoryAudiences(),
    offer: () => ({ slug: 'course', drills: [] }) as never,
    tariff: { perSecond: 10 },
    now: () => new Date(),
  };
  return { out, terminal, parts };
};

const fileOf = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'broadcast-')), 'letter.yaml');
  writeFileSync(file, text);
  return file;
};

const asked = { by: 'spec', dryRun: false, yes: true };

describe('dialog broadcast', () => {
  it('shows the preview, and sends nothing that reaches nobody', async () => {
    const { out, parts, terminal } = desk();
    const content = await contentOf(fileOf('audience: { everybody: true }\ntexts: { en: Hello }\n'));
    await expect(sendBroadcast({ ...asked, content }, parts, terminal)).resolves.toBe(1);
    expect(out).toEqual(['0 of 0 would have it', expect.stringContaining('nobody: ')]);
    await expect(parts.broadcasts.latest({ limit: 5 })).resolves.toEqual([]);
  });

  it('names the field of a file that is no broadcast, and the file that cannot be read', async () => {
    const { parts, terminal } = desk();
    const content = await contentOf(fileOf('audience: { everybody: true }\ntexts: { English: Hello }\n'));
    await expect(sendBroadcast({ ...asked, content }, parts, terminal)).rejects.toThrow('texts.English');
    await expect(contentOf(fileOf('{'))).rejects.toThrow('cannot be read');
  });

  it('says that a broadcast is not there', async () => {
    const { parts, terminal } = desk();
    await expect(showBroadcast('june', parts, terminal)).resolves.toBe(1);
  });
});

describe('dialog audience', () => {
  it('saves, lists and removes one', async () => {
    const { out, terminal } = desk();
    const audiences = inMemoryAudiences();
    const said = { name: 'night', content: { label: 'night' }, by: 'spec' };
    await expect(setAudience(said, audiences, terminal)).resolves.toBe(0);
    await expect(listAudiences(audiences, terminal)).resolves.toBe(0);
    expect(out[1]).toBe(out[0]);
    await expect(removeAudience('night', audiences, terminal)).resolves.toBe(0);
    await expect(removeAudience('night', audiences, terminal)).resolves.toBe(1);
  });

  it('refuses one that nobody could mean, naming the field', async () => {
    const said = { name: 'Night Shift', content: { employer: 'acme' }, by: 'spec' };
    await expect(setAudience(said, inMemoryAudiences(), desk().terminal)).rejects.toThrow(
      /name: .*\n.*employer/,
    );
  });
});
