import { defaultKeywords, soundsLikeStop } from '@stopcovid/dialog-core';
import { isHeardByRules } from './compare';
import { readSet, setNames, textsOf } from './examples';

const isHeard = (text: string): boolean => isHeardByRules(text) || soundsLikeStop(text);

describe.each(setNames)('of the %s set', (name) => {
  const { requests, others } = readSet(name);
  it('every request to stop is heard', () =>
    expect(textsOf(requests).filter((text) => !isHeard(text))).toEqual([]));
  it('every request is heard by a rule, which what is open does not overrule', () =>
    expect(textsOf(requests).filter((text) => !isHeardByRules(text))).toEqual([]));
  it('nothing else is taken for one', () => expect(textsOf(others).filter(isHeard)).toEqual([]));
});

describe('of the set that nothing was learnt from', () => {
  const { requests, others } = readSet('fresh');
  it('four of five requests are heard, where rules alone hear three', () => {
    const all = textsOf(requests);
    expect(all.filter(isHeardByRules).length).toBeGreaterThanOrEqual(37);
    expect(all.filter(isHeard).length).toBeGreaterThanOrEqual(48);
  });
  it('only who asks whose number this is is asked back for nothing', () =>
    expect(textsOf(others).filter(isHeard)).toEqual(['de quien es este numero', "c'est qui ce numéro"]));
});

it.each(['my husband doesnt work there now stop', 'no longer employed, remove'])(
  'what no rule knows is heard by its sound: %s',
  (text) => {
    expect(isHeardByRules(text)).toBe(false);
    expect(soundsLikeStop(text)).toBe(true);
  },
);

it.each(['equivocado', 'para', 'បោះបង់', 'ya no trabajo ahi'])(
  'what some ask so, and others answer, is none: %s',
  (text) => expect(isHeard(text)).toBe(false),
);

/** What people put beside the word that they mean. */
const courtesies = ['please', 'thanks', 'gracias', 'por favor', 'svp', 'merci'];
const optOutWords = Object.values(defaultKeywords.words).flatMap(({ optOut = [] }) => optOut);

it('every word of opt-out is heard beside any courtesy', () => {
  const said = optOutWords.flatMap((word) =>
    courtesies.flatMap((each) => [`${word} ${each}`, `${each}, ${word}!`]),
  );
  expect(said.filter((text) => !isHeardByRules(text))).toEqual([]);
});
