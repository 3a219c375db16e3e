import { brokenIn, judgedOf, soakRows } from './judge';
import type { Held, Look } from './look';

type Change = Partial<Record<'megabytes' | 'descriptors' | 'dialogs' | 'messages' | 'lag', number>>;

const engine = { name: 'dialog-engine-1', pid: 7, keepsAll: false };

/** Looks after every hundred batches at a process, two collections and a group, each of which wavers, and grows by so much a look. */
const looksOf = (change: Change, count = 80): readonly Look[] =>
  Array.from({ length: count }, (_, index) => {
    const waver = ((index * 7_919) % 11) - 5;
    const at = (base: number, name: keyof Change): number => base + waver + index * (change[name] ?? 0);
    return {
      batches: index * 100,
      processes: [{ ...engine, megabytes: at(150, 'megabytes'), descriptors: at(60, 'descriptors') }],
      documents: new Map([
        ['dialogs', at(190, 'dialogs')],
        ['messages', at(0, 'messages')],
      ]),
      lags: new Map([['sms-sender', Math.max(0, at(5, 'lag'))]]),
    };
  });

const withProcesses = (
  looks: readonly Look[],
  change: (held: Held, index: number) => Held,
): readonly Look[] =>
  looks.map((look, index) => ({ ...look, processes: look.processes.map((held) => change(held, index)) }));

describe('a soak', () => {
  it('is flat where everything only wavers', () => expect(brokenIn(looksOf({}))).toEqual([]));

  it.each<readonly [string, Change, string]>([
    ['a process keeps memory', { megabytes: 1 }, 'dialog-engine-1 (7): MB went from'],
    ['a process keeps descriptors', { descriptors: 0.5 }, 'dialog-engine-1 (7): descriptors went from'],
    ['documents are left over', { dialogs: 1 }, 'dialogs: documents went from'],
    ['a group falls behind', { lag: 20 }, 'sms-sender: lag went from'],
  ])('is not flat where %s', (_what, change, line) =>
    expect(brokenIn(looksOf(change))).toEqual([expect.stringContaining(line)]),
  );

  it('may have more of what belongs to each text, and tells how much', () => {
    const looks = looksOf({ messages: 170 });
    expect(brokenIn(looks)).toEqual([]);
    expect(
      soakRows(looks)
        .find(([what]) => what === 'messages: documents')
        ?.at(-1),
    ).toMatch(/^1,70\d of each thousand batches$/);
  });

  it('is flat where a process has more to do from some moment on', () => {
    const stepping = withProcesses(looksOf({}), (held, index) => ({
      ...held,
      megabytes: held.megabytes + (index < 47 ? 0 : 60),
      descriptors: held.descriptors + (index < 70 ? 0 : 40),
    }));
    expect(brokenIn(stepping)).toEqual([]);
  });

  it('is not flat where a group falls behind once and stays there', () => {
    const behind = looksOf({}).map((look, index) => ({
      ...look,
      lags: new Map([['sms-sender', index < 50 ? 5 : 2_000]]),
    }));
    expect(brokenIn(behind)).toEqual([expect.stringContaining('sms-sender: lag went from')]);
  });

  it('judges each life of a process by itself', () => {
    const twice = withProcesses(looksOf({}), (held, index) =>
      index < 40 ? held : { ...held, pid: 8, megabytes: held.megabytes + 60 },
    );
    expect(brokenIn(twice)).toEqual([]);
    const growing = withProcesses(twice, (held, index) =>
      held.pid === 7 ? held : { ...held, megabytes: held.megabytes + 3 * index },
    );
    expect(brokenIn(growing)).toEqual([expect.stringContaining('dialog-engine-1 (8): MB')]);
  });

  it('tells of a process that keeps everything on purpose without judging its memory', () => {
    const looks = withProcesses(looksOf({ megabytes: 9 }), (held) => ({ ...held, keepsAll: true }));
    expect(brokenIn(looks)).toEqual([]);
    expect(judgedOf(looks).map(({ verdict }) => verdict)).toContain('told');
  });

  it('is not looked at in its first quarter, when everything fills', () => {
    const filling = withProcesses(looksOf({}), (held, index) => ({
      ...held,
      megabytes: held.megabytes - 80 + Math.min(80, index * 4),
    }));
    expect(brokenIn(filling)).toEqual([]);
  });

  it('is not called flat when no life of a process was long enough', () => {
    const restless = withProcesses(looksOf({}), (held, index) => ({ ...held, pid: index >> 3 }));
    expect(brokenIn(restless)).toEqual(['dialog-engine-1 never lived long enough to be judged']);
    expect(brokenIn(looksOf({}, 10))).toContain('10 looks are too few to judge a soak');
  });
});
