import { commandIdSchema } from '@stopcovid/contracts';
import type { TextRuling, TextRulings } from './text-rulings';

const at = new Date('2026-03-04T10:00:00.000Z');
const givenUp: Extract<TextRuling, { how: 'givenUp' }> = { id: 'm1', by: 'spec', at, how: 'givenUp' };
const sentAgain: TextRuling = {
  id: 'm1',
  by: 'other',
  at,
  how: 'sentAgain',
  commandId: commandIdSchema.parse('operator:1'),
};

/** What every store of rulings must do. */
export const textRulingsContract = (open: () => Promise<TextRulings>): void =>
  it('keeps the last ruling on each text', async () => {
    const rulings = await open();
    await rulings.keep(givenUp);
    await rulings.keep({ ...givenUp, id: 'm2' });
    await rulings.keep(sentAgain);
    await expect(rulings.of(['m1', 'm2', 'm3'])).resolves.toEqual(
      new Map<string, TextRuling>([
        ['m1', sentAgain],
        ['m2', { ...givenUp, id: 'm2' }],
      ]),
    );
    await expect(rulings.of([])).resolves.toEqual(new Map());
  });
