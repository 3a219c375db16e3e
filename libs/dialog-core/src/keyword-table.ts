import type { KeywordTable } from './keywords';
import { spoken } from './languages/spoken';

const drillWords = (): KeywordTable['drills'] => {
  const named = Object.values(spoken).flatMap(({ drills }) => Object.entries(drills));
  return [...new Set(named.map(([drill]) => drill))].map((drill) => ({
    drill,
    words: named.filter(([name]) => name === drill).flatMap(([, words]) => words),
  }));
};

/**
 * The words that the dialog knows, by language and meaning. A word has one meaning over all languages; only opt-in words
 * may mean `start` or `resume` as well.
 */
export const defaultKeywords: KeywordTable = {
  words: Object.fromEntries(Object.entries(spoken).map(([language, { keywords }]) => [language, keywords])),
  drills: drillWords(),
};
