import { asksUnless, defaultKeywords, soundsLikeStop } from '@stopcovid/dialog-core';
import { isHeardByRules } from './compare';
import { readSet, setNames, textsOf } from './examples';

const isHeard = (text: string): boolean => isHeardByRules(text) || soundsLikeStop(text);

/** Those by which the lexicons were written: rules alone hear all of these. */
const ofTheRules = ['first', 'second', 'third', 'fourth', 'fifth'] as const;

describe.each(ofTheRules)('of the %s set', (name) => {
  it('every request is heard by a rule, which what is open does not overrule', () =>
    expect(textsOf(readSet(name).requests).filter((text) => !isHeardByRules(text))).toEqual([]));
});

/** Texts of one word, and what only its neighbours make a request, are missed also after they were learnt. */
const mostMissed = 0.03;

describe.each(setNames)('of what was learnt from the %s set', (name) => {
  const { requests, others } = readSet(name);
  it('all but a few requests to stop are heard', () => {
    const all = textsOf(requests);
    expect(all.filter((text) => !isHeard(text)).length).toBeLessThanOrEqual(mostMissed * all.length);
  });
  it('nothing else is taken for one', () => expect(textsOf(others).filter(isHeard)).toEqual([]));
});

describe('of the set that nothing was learnt from', () => {
  const { requests, others } = readSet('fresh');
  it('95 of a hundred requests are heard, and more than rules alone hear', () => {
    const all = textsOf(requests);
    const heard = all.filter(isHeard).length;
    expect(heard).toBeGreaterThanOrEqual(0.95 * all.length);
    expect(heard).toBeGreaterThan(all.filter(isHeardByRules).length);
  });
  it('at most one of fifty others is asked back for nothing', () => {
    const all = textsOf(others);
    expect(all.filter(isHeard).length).toBeLessThanOrEqual(all.length / 50);
  });
});

it.each(['my husband doesnt work there now stop', 'no longer employed, remove'])(
  'what no rule knows is heard by its sound: %s',
  (text) => {
    expect(isHeardByRules(text)).toBe(false);
    expect(soundsLikeStop(text)).toBe(true);
  },
);

it.each([
  'how did you get my number',
  'quiero dejar este trabajo, el jefe es muy grosero',
  "Arrêt d'urgence",
])(
  'what a rule alone would take for a request is none, because it sounds like something else: %s',
  (text) => {
    expect(asksUnless(text, () => false)).toBe(true);
    expect(isHeard(text)).toBe(false);
  },
);

it.each(['🛑', '🛑 merci', 'S T O P', 's.t.o.p'])(
  'the sign, and letters that stand apart, are the word: %s',
  (text) => expect(isHeardByRules(text)).toBe(true),
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
