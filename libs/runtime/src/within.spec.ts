import { pause } from './retry';
import { within, withinMs } from './within';

const long = 600_000;
const never = new Promise<string>(() => undefined);
const late = (): string => 'late';
const tooLate = (): never => {
  throw new Error('too late');
};

const ways = {
  within: (work: Promise<string>, ms: number, otherwise: () => string) =>
    within(work, (until) => pause(ms, until), otherwise),
  withinMs: (work: Promise<string>, ms: number, otherwise: () => string) => withinMs(work, ms, otherwise),
};

describe.each(Object.entries(ways))('%s', (_name, answered) => {
  it('answers what the work answers, and fails as it fails', async () => {
    await expect(answered(Promise.resolve('done'), long, late)).resolves.toBe('done');
    await expect(answered(Promise.reject(new Error('broken')), long, late)).rejects.toThrow('broken');
  });

  it('says what is said of the late once the limit has passed', async () => {
    await expect(answered(never, 1, late)).resolves.toBe('late');
    await expect(answered(never, 1, tooLate)).rejects.toThrow('too late');
  });

  it('says nothing of the late where the work was in time', async () => {
    let said = 0;
    const count = (): string => String((said += 1));
    await answered(Promise.resolve('done'), long, count);
    await answered(Promise.reject(new Error('broken')), long, count).catch(() => undefined);
    await pause(1);
    expect(said).toBe(0);
  });

  it('leaves no timer behind once the work has ended', async () => {
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    await answered(Promise.resolve('done'), long, late);
    await answered(Promise.reject(new Error('broken')), long, late).catch(() => undefined);
    expect(timers()).toBe(before);
  });
});
