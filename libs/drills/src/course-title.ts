import { languageSchema } from '@stopcovid/contracts';
import type { Finding, Path } from './problem';
import { mark, note, spokenOf, wrongType, type Localized, type Reading } from './reader';
import type { Tree } from './source';

const path = ['title'];
/* It stands in a text beside an address. */
const longest = 100;

const textIn = (reading: Reading, tree: Tree, below: Path): string | undefined => {
  const text = spokenOf(reading, tree, below)?.trim();
  if (text === undefined) return undefined;
  if (text === '') note(reading, { code: 'empty-text', path: below, message: 'the title is empty' });
  if (text.length > longest)
    note(reading, {
      code: 'bad-value',
      path: below,
      message: `the title has ${text.length} characters: ${longest} at the most`,
    });
  return text;
};

/** The title of a course by language, as it stands in a file; what is none is noted. */
export const readTitle = (reading: Reading, tree: Tree): Localized<string> | undefined => {
  mark(reading, path, tree.at);
  if (tree.kind !== 'map') {
    wrongType(reading, { tree, path }, 'a text by language, such as { en: Clean hands, es: Manos limpias }');
    return undefined;
  }
  const texts = [...tree.fields].flatMap(([language, field]) => {
    const below = [...path, language];
    mark(reading, below, field.at);
    if (!languageSchema.safeParse(language).success) {
      const message = `'${language.slice(0, 64)}' is no language: two lower-case letters (ISO 639-1)`;
      note(reading, { code: 'bad-value', path: below, message });
      return [];
    }
    const text = textIn(reading, field.tree, below);
    return text === undefined ? [] : [[language, text] as const];
  });
  return Object.fromEntries(texts);
};

/** Whoever takes a course in a language reads its title in that one. */
export const checkTitle = (
  title: Localized<string> | undefined,
  languages: Iterable<string>,
): readonly Finding[] =>
  title === undefined
    ? []
    : [...new Set(languages)]
        .filter((language) => !Object.hasOwn(title, language))
        .map((language) => ({
          code: 'missing-language' as const,
          path,
          message: `the title in '${language}' is missing, in which drills of the course are`,
        }));
