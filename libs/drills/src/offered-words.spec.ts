import { compileKeywords, defaultKeywords, meaningOf, plainText } from '@stopcovid/dialog-core';
import { copyLanguages, copyOf, offeredWords } from '@stopcovid/sms-copy';

const index = compileKeywords(defaultKeywords);

/** What the engine must take each word for that our sentences invite a trainee to text. */
const meant = {
  more: 'next',
  menu: 'menu',
  support: 'support',
  info: 'info',
  help: 'help',
  stop: 'optOut',
  resume: 'resume',
} as const;

it('every language that we write is one whose words we hear, and the other way round', () =>
  expect([...copyLanguages].sort()).toEqual(Object.keys(defaultKeywords.words).sort()));

describe.each(copyLanguages)('the sentences in %s', (language) => {
  const { start = '', ...offered } = offeredWords(copyOf(language));

  it('offer words that the engine takes for what they promise', () => {
    const heard = Object.entries(offered).map(([name, word]) => [name, meaningOf(index, word)?.kind]);
    expect(Object.fromEntries(heard)).toEqual(meant);
  });

  it('offer a word that gives consent back', () => expect(index.optIn.has(plainText(start))).toBe(true));
});
