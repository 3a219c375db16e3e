import { askedService, listener, messageOf } from './asked-service.testkit';
import { askedPressure, believedMs, noPressure, type SenderPressure } from './sender-pressure';

const saying = (pressed: boolean, waiting: number, limit = 100): string =>
  JSON.stringify({ pressed, waiting, limit });
const taken = (pressure: SenderPressure, times: number): readonly boolean[] =>
  Array.from({ length: times }, () => pressure.takesOneMore());

describe('room at the sender', () => {
  const open: { close(): void }[] = [];
  afterEach(() => open.splice(0).forEach((each) => each.close()));

  const asking = async (first: string, everyMs = 5) => {
    const service = await askedService(first);
    const { hear, until } = listener();
    const clock = { now: 0 };
    const pressure = askedPressure({
      url: service.url,
      key: 'a-key',
      everyMs,
      now: () => clock.now,
      onAnswer: ({ pressed, waiting }) => hear(`${pressed ? 'pressed' : 'free'} ${waiting}`),
      onFailed: (error) => hear(messageOf(error)),
    });
    open.push(pressure, service);
    return { ...service, pressure, until, clock };
  };

  it('is there before an answer, is asked for with the key, and ends and comes back with the answers', async () => {
    const { pressure, until, say, keys } = await asking(saying(true, 100));
    expect(pressure.takesOneMore()).toBe(true);
    await until('pressed 100');
    expect(pressure.takesOneMore()).toBe(false);
    say(200, saying(false, 79));
    await until('free 79');
    expect(pressure.takesOneMore()).toBe(true);
    expect(keys[0]).toBe('Bearer a-key');
  });

  it('between two answers is what the last one left, so that a flood does not go out before it is counted', async () => {
    const { pressure, until } = await asking(saying(false, 97), 600_000);
    await until('free 97');
    expect(taken(pressure, 5)).toEqual([true, true, true, false, false]);
  });

  it('has no end where the sender has no limit', async () => {
    const { pressure, until } = await asking(saying(false, 0, 0), 600_000);
    await until('free 0');
    expect(taken(pressure, 3)).toEqual([true, true, true]);
  });

  it.each([
    ['an error', 500, '{}', 'the sender answered 500'],
    ['a wrong key', 401, '{}', 'the sender answered 401'],
    ['another shape', 200, '{"pressed":"no"}', 'the sender answered something else than was agreed'],
  ])('stays as it was known after %s, and for a minute only', async (_what, status, body, said) => {
    const { pressure, until, say, clock } = await asking(saying(true, 100));
    await until('pressed 100');
    say(status, body);
    await until(said);
    clock.now = believedMs;
    expect(pressure.takesOneMore()).toBe(false);
    clock.now = believedMs + 1;
    expect(pressure.takesOneMore()).toBe(true);
    say(200, saying(true, 100));
    await until('pressed 100');
    expect(pressure.takesOneMore()).toBe(false);
  });

  it('is never missing where nobody is asked', () => {
    expect(taken(noPressure, 2)).toEqual([true, true]);
    noPressure.close();
  });
});
