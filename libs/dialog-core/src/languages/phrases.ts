/** `{told|asked} you` is `told you` and `asked you`. */
const expanded = (phrase: string): readonly string[] => {
  const start = phrase.indexOf('{');
  if (start < 0) return [phrase.replaceAll('  ', ' ').trim()];
  const end = phrase.indexOf('}', start);
  return phrase
    .slice(start + 1, end)
    .split('|')
    .flatMap((each) => expanded(phrase.slice(0, start) + each + phrase.slice(end + 1)));
};

/** The phrases of a list that are apart by commas, each way that alternatives in braces allow. */
export const phrasesIn = (list = ''): readonly string[] =>
  list.split(',').flatMap((phrase) => (phrase.trim() === '' ? [] : expanded(phrase)));
