/**
 * The GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1) without its escape code, which stands for nothing by itself.
 * `Ç` is in it and `ç` is not: the standard is read to the letter, since phones and carriers do so too.
 */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** The extension table (6.2.1.1): each of these is sent as an escape and a code, so it takes two units. */
const extension = '\f^{}\\[~]|€';

const septets: ReadonlyMap<string, number> = new Map([
  ...[...basic].map((character) => [character, 1] as const),
  ...[...extension].map((character) => [character, 2] as const),
]);

/** A character that GSM-7 cannot say, and where it begins (in UTF-16 units). */
export type CostlyCharacter = { readonly character: string; readonly index: number };

/** How a text travels: its encoding, its segments (what is paid for) and its units (septets or UTF-16 units). */
export type Segments = {
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly segments: number;
  readonly units: number;
  readonly costly: readonly CostlyCharacter[];
};

/** Room in a text that travels alone, and in each segment of one that does not: the rest is its header. */
const room = { 'GSM-7': { alone: 160, each: 153 }, 'UCS-2': { alone: 70, each: 67 } } as const;

const costlyIn = (characters: readonly string[]): readonly CostlyCharacter[] => {
  const costly: CostlyCharacter[] = [];
  let index = 0;
  for (const character of characters) {
    if (!septets.has(character)) costly.push({ character, index });
    index += character.length;
  }
  return costly;
};

/** A character of two units never straddles two segments: it moves to the next as a whole. */
const filledSegments = (sizes: readonly number[], each: number): number => {
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > each) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return segments;
};

/** Counts the segments of a text and names the characters that make it cost more; an empty text has none. */
export const segmentsOf = (text: string): Segments => {
  const characters = [...text];
  const costly = costlyIn(characters);
  const encoding = costly.length === 0 ? 'GSM-7' : 'UCS-2';
  const sizes = characters.map((character) =>
    encoding === 'GSM-7' ? (septets.get(character) ?? 1) : character.length,
  );
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, each } = room[encoding];
  const segments = units === 0 ? 0 : units <= alone ? 1 : filledSegments(sizes, each);
  return { encoding, segments, units, costly };
};
