import { asksToStop, saysYes } from './free-opt-out';

const heard = (text: string): boolean => asksToStop(text);

describe('a text that is no keyword', () => {
  it.each([
    ['stop sending me these texts'],
    ['please stop', 'right now thank you can you ok'],
    ['no more texts', 'ever again'],
    ['stop texting me', 'thank you any more please now'],
    ['no quiero mensajes', 'nunca mas por favor ya'],
    ['arretez de m ecrire', 's il vous plait merci'],
  ])('takes no longer than its length asks for: %s', (asked, courtesy = asked) => {
    expect(heard(`${asked} ${`${courtesy} `.repeat(200)}x`)).toBe(false);
  });
});

it('only a plain yes confirms', () => {
  expect(['yes', 'si', 'oui', 'y', 'ចាស'].every(saysYes)).toBe(true);
  expect(['no', 'ok', 'go', 'start', 'yes please go on'].some(saysYes)).toBe(false);
});
