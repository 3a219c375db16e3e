import { countRepeat, isLooping, type LoopRule } from './loop-guard';
import type { Repeat } from './outbox';

const rule: LoopRule = { limit: 3, windowMs: 60_000 };
const hello = { body: 'hello' };
const saidAt = (repeats: readonly Repeat[], ...times: readonly number[]) =>
  times.reduce<readonly Repeat[]>((known, at) => countRepeat(known, hello, { at, rule }), repeats);

describe('the same text again and again', () => {
  it('is a loop once it was said as often as allowed within the window', () => {
    expect(isLooping(saidAt([], 0, 1), hello, { at: 2, rule })).toBe(false);
    expect(isLooping(saidAt([], 0, 1, 2), hello, { at: 3, rule })).toBe(true);
  });

  it('is none when other texts come in between, as long as each is rare', () => {
    let repeats: readonly Repeat[] = saidAt([], 0, 1);
    for (let index = 0; index < 20; index += 1)
      repeats = countRepeat(repeats, { body: `question ${index}` }, { at: 2 + index, rule });
    expect(isLooping(repeats, hello, { at: 30, rule })).toBe(false);
    expect(isLooping(saidAt(repeats, 31), hello, { at: 32, rule })).toBe(true);
  });

  it('may be said again when the window has passed', () => {
    expect(isLooping(saidAt([], 0, 1, 2), hello, { at: 60_000, rule })).toBe(false);
    expect(saidAt(saidAt([], 0, 1, 2), 60_000)).toMatchObject([{ since: 60_000, count: 1 }]);
  });

  it('differs by its media', () => {
    expect(
      isLooping(saidAt([], 0, 1, 2), { ...hello, media: 'https://a.example/b.png' }, { at: 3, rule }),
    ).toBe(false);
  });

  it('is forgotten in favour of newer texts when there are too many', () => {
    let repeats: readonly Repeat[] = [];
    for (let index = 0; index < 100; index += 1)
      repeats = countRepeat(repeats, { body: `${index}` }, { at: index, rule });
    expect(repeats).toHaveLength(32);
  });
});
