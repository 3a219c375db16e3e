/** A letter lost makes other words of shorter ones: `cease` without its e is `case`. */
const shortestLost = 6;
/** Shorter words are mostly slips of others already. */
const shortestSlipped = 4;
const isVowel = (letter: string): boolean => 'aeiou'.includes(letter);
/** Words that one slip makes of short words of ours. */
const words: ReadonlySet<string> = new Set([
  'case',
  'stoop',
  'droop',
  'form',
  'carp',
  'alot',
  'steps',
  'spots',
]);

/**
 * What one slip of the thumb makes of a word: a letter lost (of shorter words only a vowel), doubled, or swapped with
 * the next. The first letter stays, the last is not
 * lost (`molestar`, `molesta`), and none is put in place of another, since that makes other words (`message`, `massage`).
 */
export const slipsOf = (word: string): readonly string[] => {
  if (word.length < shortestSlipped) return [];
  const slips = Array.from(word).flatMap((letter, at) => {
    const [before, after] = [word.slice(0, at), word.slice(at + 1)];
    const doubled = before + letter + letter + after;
    if (at === 0) return [doubled];
    const swapped = before + after.slice(0, 1) + letter + after.slice(1);
    const mayBeLost = word.length >= shortestLost || (word.length > shortestSlipped && isVowel(letter));
    const loses = after !== '' && mayBeLost;
    return loses ? [before + after, doubled, swapped] : [doubled, swapped];
  });
  return slips.filter((slip) => slip !== word && !words.has(slip));
};
