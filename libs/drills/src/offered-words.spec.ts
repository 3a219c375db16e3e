import { compileKeywords, defaultKeywords, meaningOf, plainText } from '@stopcovid/dialog-core';
import { meaningOfOffered } from './checks/copy';
import { copyLanguages, copyOf, offeredWords } from '@stopcovid/sms-copy';

const index = compileKeywords(defaultKeywords);

it('every language that we write is one whose words we hear, and the other way round', () =>
  expect([...copyLanguages].sort()).toEqual(Object.keys(defaultKeywords.words).sort()));

describe.each(copyLanguages)('the sentences in %s', (language) => {
  const { start = '', ...offered } = offeredWords(copyOf(language));

  it('offer words that the engine takes for what they promise', () => {
    const heard = Object.entries(offered).map(([name, word]) => [name, meaningOf(index, word)?.kind]);
    expect(Object.fromEntries(heard)).toEqual(meaningOfOffered);
  });

  it('offer a word that gives consent back', () => expect(index.optIn.has(plainText(start))).toBe(true));
});
