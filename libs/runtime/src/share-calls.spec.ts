import { setImmediate as moment } from 'node:timers/promises';
import { shareCalls } from './share-calls';

class Away extends Error {}

const calls = (answer: (inputs: readonly number[]) => Promise<readonly number[]>) => {
  const seen: (readonly number[])[] = [];
  const call = shareCalls<number, number>(
    (inputs) => {
      seen.push(inputs);
      return answer(inputs);
    },
    { most: 3, isEverybodys: (error) => error instanceof Away },
  );
  return { seen, call };
};

const doubled = async (inputs: readonly number[]): Promise<readonly number[]> =>
  inputs.map((input) => 2 * input);

describe('calls that are shared', () => {
  it('are one for those who come at the same moment, each with an answer of its own', async () => {
    const { seen, call } = calls(doubled);
    expect(await Promise.all([1, 2, 3].map(call))).toEqual([2, 4, 6]);
    expect(seen).toEqual([[1, 2, 3]]);
  });

  it('are never two at once: whoever comes meanwhile shares the next, no more than so many', async () => {
    let open = (): void => undefined;
    const { seen, call } = calls(async (inputs) => {
      await new Promise<void>((resolve) => {
        open = resolve;
      });
      return doubled(inputs);
    });
    const began = async (count: number): Promise<void> => {
      while (seen.length < count) await moment();
    };
    const first = call(1);
    await began(1);
    const others = [2, 3, 4, 5].map(call);
    await moment();
    expect(seen).toEqual([[1]]);
    open();
    expect(await first).toBe(2);
    await began(2);
    open();
    expect(await Promise.all(others.slice(0, 3))).toEqual([4, 6, 8]);
    await began(3);
    open();
    expect(await others[3]).toBe(10);
    expect(seen).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('fail for nobody but whom they fail for alone', async () => {
    const { seen, call } = calls(async (inputs) => {
      if (inputs.includes(2)) throw new Error('two');
      return doubled(inputs);
    });
    const answers = await Promise.allSettled([1, 2, 3].map(call));
    expect(answers.map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason)))).toEqual([
      2,
      'Error: two',
      6,
    ]);
    expect(seen).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  it('are not made again where the error would be everybody’s, and go on after it', async () => {
    let isAway = true;
    const { seen, call } = calls(async (inputs) => {
      if (isAway) throw new Away();
      return doubled(inputs);
    });
    const answers = await Promise.allSettled([1, 2].map(call));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(seen).toEqual([[1, 2]]);
    isAway = false;
    expect(await call(4)).toBe(8);
  });

  it('are not shared by an input of more than a hundred things, which nobody waits for', async () => {
    const seen: (readonly number[])[] = [];
    const call = shareCalls<number, number>(
      async (inputs) => {
        seen.push(inputs);
        return inputs;
      },
      { isEverybodys: () => false, sizeOf: (input) => input },
    );
    expect(await Promise.all([1, 101, 100].map(call))).toEqual([1, 101, 100]);
    expect(seen).toEqual([[101], [1, 100]]);
  });

  it('throw where an answer is missing, instead of leaving somebody waiting', async () => {
    const { call } = calls(async () => []);
    await expect(call(1)).rejects.toThrow('a shared call answered 0 of 1');
  });
});
