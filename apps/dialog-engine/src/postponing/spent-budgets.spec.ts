import { askedService, listener, messageOf } from './asked-service.testkit';
import { askedBudgets } from './spent-budgets';

describe('spent budgets', () => {
  const open: { close(): void }[] = [];
  afterEach(() => open.splice(0).forEach((each) => each.close()));

  const asking = async () => {
    const service = await askedService('{"employerIds":[]}');
    const { hear, until } = listener();
    const budgets = askedBudgets({
      url: service.url,
      key: 'a-key',
      everyMs: 5,
      onAnswer: (spent) => hear([...spent].join(',')),
      onFailed: (error) => hear(messageOf(error)),
    });
    open.push(budgets, service);
    return { ...service, budgets, until };
  };

  it('are asked for with the key, and nobody is over before an answer', async () => {
    const { budgets, say, until, keys } = await asking();
    expect(budgets.has('acme')).toBe(false);
    say(200, '{"employerIds":["acme"]}');
    await until('acme');
    expect([budgets.has('acme'), budgets.has('other')]).toEqual([true, false]);
    expect(keys[0]).toBe('Bearer a-key');
  });

  it.each([
    ['an error', 500, '{}', "the budgets' service answered 500"],
    ['another shape', 200, '{"spent":1}', "the budgets' service answered something else than was agreed"],
  ])('stay as they were known after %s', async (_what, status, body, said) => {
    const { budgets, say, until } = await asking();
    say(200, '{"employerIds":["acme"]}');
    await until('acme');
    say(status, body);
    await until(said);
    expect(budgets.has('acme')).toBe(true);
    say(200, '{"employerIds":[]}');
    await until('');
    expect(budgets.has('acme')).toBe(false);
  });
});
