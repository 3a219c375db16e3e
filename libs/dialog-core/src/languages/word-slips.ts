/** Slips in shorter words make other words: `cease` without its e is `case`. */
const shortestSlipped = 6;

/**
 * What one slip of the thumb makes of a long word: a letter lost, doubled, or swapped with the next. The first letter
 * stays, and none is put in place of another, since that makes other words (`message`, `massage`).
 */
export const slipsOf = (word: string): readonly string[] => {
  if (word.length < shortestSlipped) return [];
  return Array.from(word).flatMap((letter, at) => {
    const [before, after] = [word.slice(0, at), word.slice(at + 1)];
    const doubled = before + letter + letter + after;
    return at === 0
      ? [doubled]
      : [before + after, doubled, before + after.slice(0, 1) + letter + after.slice(1)];
  });
};
