const within = (text: string, from: number, to: number): string =>
  text.slice(from, to < 0 ? text.length : to);

/** `{told|asked} you` is `told you` and `asked you`. */
const expanded = (phrase: string): readonly string[] => {
  let all: readonly string[] = [''];
  for (let at = 0; at < phrase.length;) {
    const start = phrase.indexOf('{', at);
    const plain = within(phrase, at, start);
    if (start < 0) return all.map((begun) => begun + plain);
    const end = phrase.indexOf('}', start);
    const choices = phrase.slice(start + 1, end).split('|');
    all = all.flatMap((begun) => choices.map((choice) => begun + plain + choice));
    at = end + 1;
  }
  return all;
};

/** One blank between words: an empty alternative leaves two. */
const tidied = (phrase: string): string =>
  (phrase.includes('  ') ? phrase.replaceAll('  ', ' ') : phrase).trim();

/** The phrases of a list that are apart by commas, each way that alternatives in braces allow. */
export const phrasesIn = (list = ''): readonly string[] =>
  list
    .split(',')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
    .flatMap((phrase) => (phrase.includes('{') ? expanded(phrase).map(tidied) : [phrase]));
