import { isTooMuch, slownessOf } from './patience';

it('asks an idle machine to keep the time limits, and gives a busy one as much more as others take of it', () => {
  expect(slownessOf(0.4, 2)).toBe(1);
  expect(slownessOf(2, 2)).toBe(1);
  expect(slownessOf(7, 2)).toBe(3.5);
});

it('waits for ever for nobody', () => {
  expect(slownessOf(90, 2)).toBe(6);
});

it('judges on two cores whatever a run makes of them by itself, and no more where others take nearly all', () => {
  expect([0.4, 4, 8, 12].filter((load) => isTooMuch(load, 2))).toEqual([]);
  expect(isTooMuch(12.1, 2)).toBe(true);
});
