import { fewAtOnce } from './few-at-once';

/** Questions that stay open until they are answered by hand. */
const openQuestions = () => {
  const asked: string[] = [];
  const answers = new Map<string, (fails?: boolean) => void>();
  const ask = (key: string): Promise<string> => {
    asked.push(key);
    return new Promise((resolve, reject) =>
      answers.set(key, (fails) => (fails ? reject(new Error(key)) : resolve(`answer to ${key}`))),
    );
  };
  return { asked, ask, answer: (key: string, fails?: boolean) => answers.get(key)?.(fails) };
};

const long = 10_000;
const turned = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('asking a few at once', () => {
  it('lets the next question go when one is answered or fails, in order', async () => {
    const { asked, ask, answer } = openQuestions();
    const limited = fewAtOnce(2, ask);
    const all = ['a', 'b', 'c', 'd'].map((key) => limited(key, long).catch(() => 'failed'));
    await turned();
    expect(asked).toEqual(['a', 'b']);
    answer('a');
    expect(await all[0]).toBe('answer to a');
    await turned();
    expect(asked).toEqual(['a', 'b', 'c']);
    answer('b', true);
    expect(await all[1]).toBe('failed');
    await turned();
    expect(asked).toEqual(['a', 'b', 'c', 'd']);
    answer('c');
    answer('d');
    await Promise.all(all);
    const later = limited('e', long);
    await turned();
    expect(asked.at(-1)).toBe('e');
    answer('e');
    await later;
  });

  it('asks one question once while it is open, and anew afterwards', async () => {
    const { asked, ask, answer } = openQuestions();
    const limited = fewAtOnce(2, ask);
    const both = [limited('a', long), limited('a', long)];
    await turned();
    answer('a');
    expect(await Promise.all(both)).toEqual(['answer to a', 'answer to a']);
    const again = limited('a', long);
    await turned();
    expect(asked).toEqual(['a', 'a']);
    answer('a');
    await again;
  });

  it('lets each go after his own time, and answers who still waits', async () => {
    const { asked, ask, answer } = openQuestions();
    const limited = fewAtOnce(1, ask);
    const patient = limited('a', long);
    await expect(limited('a', 20)).rejects.toThrow('in time');
    expect(asked).toEqual(['a']);
    answer('a');
    expect(await patient).toBe('answer to a');
  });

  it('never asks what nobody waits for any more when its turn comes', async () => {
    const { asked, ask, answer } = openQuestions();
    const limited = fewAtOnce(1, ask);
    const first = limited('a', long);
    const given = limited('b', 20).catch(() => 'given up');
    const last = limited('c', long);
    expect(await given).toBe('given up');
    answer('a');
    await first;
    await turned();
    expect(asked).toEqual(['a', 'c']);
    answer('c');
    await last;
  });
});
