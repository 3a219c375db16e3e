/** Emojis that say "well done" wherever they are read; each is one code point of our own choice. */
const cheers = ['🎉', '👏', '🌟', '💪', '🙌', '🏆', '👍', '🥳', '✨', '🎯', '💯', '🚀'] as const;

/** FNV-1a over UTF-16 units: spreads well enough for a dozen emojis and is the same everywhere. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** An emoji chosen by a seed: the same text on every delivery and every replay. */
export const emojiFor = (seed: string): string => cheers[hashOf(seed) % cheers.length] ?? cheers[0];
