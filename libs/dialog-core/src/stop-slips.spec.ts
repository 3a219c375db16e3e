import { asksToStop } from './free-opt-out';

describe('a slip in a request to stop', () => {
  it.each([
    ['a letter lost', 'please unsubcribe me', 'delte my number'],
    ['a letter doubled', 'stop texxting me', 'remmove me from the list'],
    [
      'a letter of a short word swapped or lost',
      'stpo texting me',
      'sotp sending txets',
      'dejn de mandarme mensajes',
    ],
    ['two letters swapped', 'pls remvoe me from the list', 'cancle these messages please'],
  ])('is heard with %s', (_slip, ...texts) => expect(texts.filter((text) => !asksToStop(text))).toEqual([]));

  it.each([
    ['never massage it', 'message'],
    ['do not case me', 'cease'],
    ['quien me ayuda', 'quiten'],
  ])('is none where a slip would have to make one word of another: %s', (text) =>
    expect(asksToStop(text)).toBe(false),
  );
});
