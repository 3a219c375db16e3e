import { event } from '../tracker.testkit';
import { runOf } from './figures.testkit';
import { inMemoryRunFigures } from './in-memory-run-figures';
import { nearMisses, normalText } from './near-misses';

const wrong = (response: string, fields: object = {}) => event('PromptFailed', { response, ...fields });
const unclear = (response: string) => event('ReplyUnclear', { response });
const repeat = { drill: 'earlier', prompt: 'first' };

const runs = [
  runOf({ later: [unclear('Twenty  Sec.'), wrong('twenty sec')] }),
  runOf({ later: [wrong('"twenty sec"')] }),
  runOf({ later: [wrong('soap'), wrong('alone here'), wrong('alone here')] }),
  runOf({ later: [wrong('SOAP!')] }),
  runOf({ language: 'es', later: [wrong('soap')] }),
  runOf({ later: [wrong('again', { repeat })] }),
  runOf({ later: [wrong('again', { repeat })] }),
  runOf({ later: [event('PromptCompleted', { response: 'right' })] }),
  runOf({ later: [event('PromptCompleted', { response: 'right' })] }),
  runOf({ later: [event('PromptFailed', { response: 'no number', graded: false })] }),
  runOf({ later: [event('PromptFailed', { response: 'no number', graded: false })] }),
];
const found = (limit: number) => nearMisses(inMemoryRunFigures(() => runs).runs({}, 'answers'), limit);

describe('near misses', () => {
  it('are wrong and unclear replies that several trainees gave alike, the most frequent first', async () =>
    expect(await found(10)).toMatchObject({
      shared: 2,
      items: [
        {
          text: 'twenty sec',
          count: 3,
          trainees: 2,
          verdicts: { wrong: 2, unclear: 1 },
          prompt: 'first',
          language: 'en',
          revision: 'a'.repeat(64),
        },
        { text: 'soap', count: 2, trainees: 2, verdicts: { wrong: 2, unclear: 0 } },
      ],
    }));

  it('say how many there are beyond those shown', async () => {
    const { shared, items } = await found(1);
    expect([shared, items.length]).toEqual([2, 1]);
  });

  it.each([
    ['  Twenty\n SEC!! ', 'twenty sec'],
    ['ＢＬＥＡＣＨ', 'bleach'],
    ['???', '???'],
    [null, ''],
    ['call +1 (202) 555-0143 now', 'call … now'],
    ['12025550143', '…'],
    ['about 20 or 30', 'about 20 or 30'],
    ['¿Jabón?', 'jabón'],
  ])('compare %j as %j', (response, text) => expect(normalText(response)).toBe(text));
});
