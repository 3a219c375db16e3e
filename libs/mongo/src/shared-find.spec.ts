import { sharedFind } from './shared-find';

type Text = { readonly id: string; readonly other?: string };
const texts: readonly Text[] = [{ id: 'a' }, { id: 'b', other: 'c' }];
const keysOf = ({ id, other }: Text): readonly string[] => (other === undefined ? [id] : [id, other]);

describe('a shared find', () => {
  const asked: (readonly string[])[] = [];
  const find = sharedFind<Text>(async (keys) => {
    asked.push(keys);
    return texts.filter((text) => keysOf(text).some((key) => keys.includes(key)));
  }, keysOf);
  beforeEach(() => {
    asked.length = 0;
  });

  it('asks once for all who ask at the same moment, and gives each what is theirs', async () => {
    const found = await Promise.all([find(['a']), find(['c', 'a']), find(['nothing'])]);
    expect(found).toEqual([[texts[0]], texts, []]);
    expect(asked).toEqual([['a', 'c', 'nothing']]);
  });

  it('lets whoever asks for many ask alone', async () => {
    const many = Array.from({ length: 101 }, (_, number) => `${number}`);
    await Promise.all([find(many), find(['a']), find(['b'])]);
    expect(asked).toEqual([many, ['a', 'b']]);
  });

  it('asks nothing for nobody', async () => {
    expect(await find([])).toEqual([]);
    expect(asked).toEqual([]);
  });
});
