import { Readable } from 'node:stream';
import { phoneSchema } from '@stopcovid/contracts';
import {
  inMemoryAudiences,
  inMemoryBroadcasts,
  inMemoryPhoneSchedules,
  inMemoryProgressStore,
  inMemorySchedules,
} from '@stopcovid/progress-tracker';
import { clearSettings, countStarts, setSettings, showSchedule } from './schedule';
import { run } from './terminal.testkit';

const maria = phoneSchema.parse('+12025550143');

const desk = () => {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    input: Readable.from([]),
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  };
  const parts = {
    store: inMemoryProgressStore(),
    phones: inMemoryPhoneSchedules(),
    schedules: inMemorySchedules(),
    messages: inMemoryBroadcasts(),
    audiences: inMemoryAudiences(),
    offer: () => ({ slug: 'course', drills: [] }) as never,
    now: () => new Date(),
  };
  return { out, err, terminal, parts };
};

const asked = { by: 'spec', yes: true };

describe('dialog schedule', () => {
  it.each([
    ['employer', { time: '10:00' }, 'unit:EMPLOYER:UNIT'],
    ['trainee:5550143', { time: '10:00' }, 'E.164'],
    ['employer:acme', { time: '10:00' }, 'nobody is known of this employer'],
    ['employer:acme', { zone: 'EST' }, "zone: 'EST' is an abbreviation"],
    ['employer:acme', { zone: 'Mars/Olympus' }, 'not in the IANA list'],
    ['employer:acme', { window: { opens: '09:00', closes: '09:00' } }, 'the window closes when it opens'],
    ['employer:acme', ['10:00'], 'expected object'],
  ])('refuses to set %s to %j: %s', async (owner, settings, reason) => {
    const { parts, terminal } = desk();
    const said = { ...asked, owner, settings };
    await expect(setSettings(said, parts, terminal)).rejects.toThrow(reason);
    await expect(parts.schedules.any()).resolves.toBe(false);
  });

  it('takes back what was set, once', async () => {
    const { err, out, parts, terminal } = desk();
    const settings = { time: '10:00' };
    const acme = { level: 'employer', employerId: 'acme' } as const;
    await parts.schedules.set(acme, settings, { by: 'spec', at: new Date() });
    await expect(clearSettings({ ...asked, owner: 'employer:acme' }, parts, terminal)).resolves.toBe(0);
    expect(out).toEqual(['taken back: {"time":"10:00"}']);
    await expect(clearSettings({ ...asked, owner: 'employer:acme' }, parts, terminal)).resolves.toBe(1);
    expect(err).toEqual(['They say nothing about the schedule.']);
  });

  it('says that nothing was ever heard of a phone, and what is no time', async () => {
    const { parts, terminal } = desk();
    await expect(showSchedule({ phone: maria, json: false }, parts, terminal)).resolves.toBe(1);
    const request = { from: 'today', to: 'tomorrow', json: false };
    await expect(countStarts(request, parts, terminal)).rejects.toThrow(/from: .*\nto: /);
  });

  it.each([
    ['schedule show 5550143', "'5550143' must be"],
    ['schedule preview --from 2026-06-10', "required option '--to <time>'"],
    ['schedule set employer:acme nowhere.yaml', 'nowhere.yaml cannot be read'],
  ])('"%s" says what is wrong before it looks for a server', async (typed, reason) => {
    const { exit, err } = await run(typed.split(' '));
    expect(exit).toBe(2);
    expect(err.join('\n')).toContain(reason);
  });
});
