import { chanceFrom, expandOnce, slipIn } from './phrases';

it('a pattern gives one of its alternatives, with one blank between words', () => {
  const chance = chanceFrom(1);
  const made = Array.from({ length: 40 }, () =>
    expandOnce('{|pls |{oh |}hey } stop {it|this} {|now}!', chance),
  );
  expect(new Set(made).size).toBeGreaterThan(8);
  expect(made.filter((text) => !/^(pls |(oh )?hey )?stop (it|this)( now)?!$/.test(text))).toEqual([]);
});

it('the same seed makes the same texts, with the same slips', () => {
  const made = (): readonly string[] => {
    const chance = chanceFrom(3);
    return Array.from({ length: 20 }, () => slipIn('please stop texting me', chance));
  };
  expect(made()).toEqual(made());
  expect(new Set(made()).size).toBeGreaterThan(5);
});
