import type { NewRuling, Rulings } from './rulings';

const at = new Date('2026-03-04T10:00:00.000Z');
const right: NewRuling = { id: 'operator:1', verdict: 'right', by: 'spec', at, reason: 'it is' };
const takenBack: NewRuling = { id: 'operator:2', verdict: 'asJudged', by: 'other', at, employers: ['acme'] };

/** What every store of rulings must do. */
export const rulingsContract = (open: () => Promise<Rulings>): void => {
  it('keeps all rulings on a group, numbered in their order', async () => {
    const rulings = await open();
    await expect(rulings.add('a', right)).resolves.toEqual({ ...right, number: 1 });
    await expect(rulings.add('a', takenBack)).resolves.toEqual({ ...takenBack, number: 2 });
    await expect(rulings.add('b', takenBack)).resolves.toEqual({ ...takenBack, number: 1 });
    await expect(rulings.of(['a', 'c'])).resolves.toEqual(
      new Map([
        [
          'a',
          [
            { ...right, number: 1 },
            { ...takenBack, number: 2 },
          ],
        ],
      ]),
    );
    await expect(rulings.of([])).resolves.toEqual(new Map());
  });

  it('answers the first of an id, whatever comes under it later', async () => {
    const rulings = await open();
    await rulings.add('a', right);
    await expect(rulings.add('a', { ...right, verdict: 'wrong' })).resolves.toMatchObject({
      verdict: 'right',
      number: 1,
    });
  });

  it('gives no number twice, however many rule at once', async () => {
    const rulings = await open();
    const ids = Array.from({ length: 8 }, (_, index) => `operator:${index}`);
    const added = await Promise.all(ids.map((id) => rulings.add('a', { ...right, id })));
    expect(added.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
};
