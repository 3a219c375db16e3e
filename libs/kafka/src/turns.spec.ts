import { setImmediate as moment } from 'node:timers/promises';
import { type Turn, Turns } from './turns';

/** Slices at work, by name: `begin` asks for a turn, `end` ends the work. */
const slices = (turns: Turns) => {
  const atWork = new Map<string, () => void>();
  const begin = (name: string, records: number, turn: Turn = turns.begin()): Promise<void> =>
    turn.work(records, async () => {
      await new Promise<void>((resolve) => atWork.set(name, resolve));
      atWork.delete(name);
    });
  const begun = async (): Promise<readonly string[]> => {
    await moment();
    return [...atWork.keys()];
  };
  return { begin, begun, end: (name: string) => atWork.get(name)?.() };
};

describe('the partitions of a fetch', () => {
  it('are worked on at once where they have few records each', async () => {
    const { begin, begun, end } = slices(new Turns());
    const names = Array.from({ length: 12 }, (_, n) => `partition ${n}`);
    const all = names.map((name) => begin(name, 2));
    expect(await begun()).toEqual(names);
    names.forEach(end);
    await Promise.all(all);
  });

  it('wait for room in their order where they have many, so that memory is bounded', async () => {
    const { begin, begun, end } = slices(new Turns({ records: 1_000 }));
    const all = [begin('one', 500), begin('two', 500), begin('three', 500), begin('few', 1)];
    expect(await begun()).toEqual(['one', 'two']);
    end('two');
    expect(await begun()).toEqual(['one', 'three']);
    end('one');
    expect(await begun()).toEqual(['three', 'few']);
    ['three', 'few'].forEach(end);
    await Promise.all(all);
  });

  it('have one at work alone that has more than there is room for', async () => {
    const { begin, begun, end } = slices(new Turns({ records: 10 }));
    const all = [begin('many', 50), begin('few', 1)];
    expect(await begun()).toEqual(['many']);
    end('many');
    expect(await begun()).toEqual(['few']);
    end('few');
    await Promise.all(all);
  });

  it('go on after one that failed', async () => {
    const turns = new Turns({ records: 10 });
    await expect(turns.begin().work(10, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await expect(turns.begin().work(10, () => Promise.resolve('done'))).resolves.toBe('done');
  });

  it('end their turn by the time that they worked, not by the time that they waited', async () => {
    let now = 0;
    const turns = new Turns({ records: 10, turnMs: 100, now: () => now });
    const { begin, begun, end } = slices(turns);
    const [long, short] = [turns.begin(), turns.begin()];
    const all = [begin('long', 10, long), begin('short', 10, short)];
    await begun();
    now = 101;
    end('long');
    expect(await begun()).toEqual(['short']);
    now = 151;
    end('short');
    await Promise.all(all);
    expect([long.isOver(), short.isOver()]).toEqual([true, false]);
    const more = begin('short again', 10, short);
    await begun();
    now = 202;
    end('short again');
    await more;
    expect(short.isOver()).toBe(true);
  });
});
