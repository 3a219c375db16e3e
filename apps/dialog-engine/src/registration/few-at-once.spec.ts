import { atMost, shared } from './few-at-once';

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

describe('asking a few at once', () => {
  it('lets the next question go when one is answered or fails, in order', async () => {
    const { asked, ask, answer } = openQuestions();
    const limited = atMost(2, ask);
    const all = ['a', 'b', 'c', 'd'].map((key) => limited(key).catch(() => 'failed'));
    expect(asked).toEqual(['a', 'b']);
    answer('a');
    expect(await all[0]).toBe('answer to a');
    expect(asked).toEqual(['a', 'b', 'c']);
    answer('b', true);
    expect(await all[1]).toBe('failed');
    expect(asked).toEqual(['a', 'b', 'c', 'd']);
    answer('c');
    answer('d');
    await Promise.all(all);
    const later = limited('e');
    expect(asked.at(-1)).toBe('e');
    answer('e');
    await later;
  });

  it('asks one question once while it is open, and anew afterwards', async () => {
    const { asked, ask, answer } = openQuestions();
    const once = shared(ask);
    const both = [once('a'), once('a')];
    answer('a');
    expect(await Promise.all(both)).toEqual(['answer to a', 'answer to a']);
    void once('a');
    expect(asked).toEqual(['a', 'a']);
  });
});
