import { languageSchema, type DrillContent, type Language } from '@stopcovid/contracts';
import type { Finding, Path } from '../problem';

/** Characters that nobody sees, by their names in Unicode. */
const names: ReadonlyMap<string, string> = new Map([
  ['\u00a0', 'NO-BREAK SPACE'],
  ['\u00ad', 'SOFT HYPHEN'],
  ['\u034f', 'COMBINING GRAPHEME JOINER'],
  ['\u061c', 'ARABIC LETTER MARK'],
  ['\u115f', 'HANGUL CHOSEONG FILLER'],
  ['\u180e', 'MONGOLIAN VOWEL SEPARATOR'],
  ['\u2007', 'FIGURE SPACE'],
  ['\u2009', 'THIN SPACE'],
  ['\u200a', 'HAIR SPACE'],
  ['\u200b', 'ZERO WIDTH SPACE'],
  ['\u200c', 'ZERO WIDTH NON-JOINER'],
  ['\u200d', 'ZERO WIDTH JOINER'],
  ['\u200e', 'LEFT-TO-RIGHT MARK'],
  ['\u200f', 'RIGHT-TO-LEFT MARK'],
  ['\u2028', 'LINE SEPARATOR'],
  ['\u2029', 'PARAGRAPH SEPARATOR'],
  ['\u202a', 'LEFT-TO-RIGHT EMBEDDING'],
  ['\u202b', 'RIGHT-TO-LEFT EMBEDDING'],
  ['\u202c', 'POP DIRECTIONAL FORMATTING'],
  ['\u202d', 'LEFT-TO-RIGHT OVERRIDE'],
  ['\u202e', 'RIGHT-TO-LEFT OVERRIDE'],
  ['\u202f', 'NARROW NO-BREAK SPACE'],
  ['\u2060', 'WORD JOINER'],
  ['\u2066', 'LEFT-TO-RIGHT ISOLATE'],
  ['\u2067', 'RIGHT-TO-LEFT ISOLATE'],
  ['\u2068', 'FIRST STRONG ISOLATE'],
  ['\u2069', 'POP DIRECTIONAL ISOLATE'],
  ['\u3000', 'IDEOGRAPHIC SPACE'],
  ['\u3164', 'HANGUL FILLER'],
  ['\ufeff', 'ZERO WIDTH NO-BREAK SPACE'],
]);

/** The name of a character that nobody sees. */
export const nameOfInvisible = (character: string): string | undefined => names.get(character);

/** Emoji are put together by a joiner, and some scripts by it and its opposite; Khmer parts its words by nothing visible. */
const wanted =
  /(?<=[\p{Extended_Pictographic}\p{M}\ufe0f])\u200d|(?<=\p{L}|\p{M})[\u200c\u200d](?=\p{L})|(?<=\p{Script=Khmer})\u200b/gu;

type Written = { readonly text: string; readonly language: Language; readonly path: Path };

const byLanguage = (
  texts: Readonly<Record<string, string | readonly string[]>> | undefined,
  path: Path,
): readonly Written[] =>
  Object.entries(texts ?? {}).flatMap(([code, written]) => {
    const language = languageSchema.parse(code);
    return typeof written === 'string'
      ? [{ text: written, language, path: [...path, code] }]
      : written.map((text, index) => ({ text, language, path: [...path, code, index] }));
  });

const writtenIn = ({ title, prompts }: DrillContent): readonly Written[] => [
  ...byLanguage(title, ['title']),
  ...prompts.flatMap(({ messages, options, answers }, p) => [
    ...messages.flatMap(({ text }, m) => byLanguage(text, ['prompts', p, 'messages', m, 'text'])),
    ...(options ?? []).flatMap(({ text, accept }, o) => [
      ...byLanguage(text, ['prompts', p, 'options', o, 'text']),
      ...byLanguage(accept, ['prompts', p, 'options', o, 'accept']),
    ]),
    ...byLanguage(answers, ['prompts', p, 'answers']),
  ]),
];

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Which texts have characters that nobody sees, by the names of these. */
export const checkInvisible = (content: DrillContent): readonly Finding[] =>
  writtenIn(content).flatMap(({ text, language, path }): readonly Finding[] => {
    const seen = new Set([...text.replace(wanted, '')].filter((character) => names.has(character)));
    if (seen.size === 0) return [];
    const listed = [...seen].map((character) => `${names.get(character)} (${codePoint(character)})`);
    return [
      {
        code: 'invisible-character',
        path,
        language,
        message: `nobody sees ${listed.join(', ')} in this text`,
      },
    ];
  });
