import { numberWords } from './number-words';
import { mereCourtesy } from './vocabulary';

type Choices = {
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly joined: ReadonlyMap<string, unknown>;
  readonly beginnings: ReadonlySet<string>;
  /** Whether the choices say nothing but yes or no: there, a letter says one. */
  readonly onlyYesNo: boolean;
};

/** Words of courtesy that put together are a word: `for` and `me` of `forme`. */
const halvesOf = (word: string): readonly string[] =>
  Array.from({ length: word.length }, (_letter, at) => word.slice(0, at)).filter(
    (half) => mereCourtesy.has(half) && mereCourtesy.has(word.slice(half.length)),
  );

/** Words of mere courtesy that are words of the choices all the same, or may be mended to them. */
export const meantCourtesyOf = ({
  vocabulary,
  joined,
  beginnings,
  onlyYesNo,
}: Choices): ReadonlySet<string> => {
  const halves = new Set([...vocabulary.keys()].flatMap(halvesOf));
  const mayBegin = (word: string): boolean =>
    beginnings.has(word) && (onlyYesNo || numberWords.has(word) || halves.has(word));
  return new Set(
    [...mereCourtesy].filter((word) => vocabulary.has(word) || joined.has(word) || mayBegin(word)),
  );
};
