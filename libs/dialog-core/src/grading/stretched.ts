const repeated = /(.)\1+/gu;
const maybeStretched = 'ysno';
const longestStretched = 15;

const repeatsLetter = (word: string): boolean => {
  for (let at = 1; at < word.length; at += 1)
    if (word.charCodeAt(at) === word.charCodeAt(at - 1)) return true;
  return false;
};

const maySpeak = (word: string): boolean =>
  word.length > 2 && word.length <= longestStretched && maybeStretched.includes(word.charAt(0));

/** A yes or no as it is spelt: `yess` and `nooo` are said with force, no other words. */
export const unstretched = (word: string): string =>
  maySpeak(word) && repeatsLetter(word) ? word.replace(repeated, '$1') : word;
