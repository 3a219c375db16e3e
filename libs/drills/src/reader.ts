import { languageSchema } from '@stopcovid/contracts';
import { distance } from 'fastest-levenshtein';
import type { Finding, Path, Position } from './problem';
import type { Field, Tree } from './source';

/** What is noted while a file is turned into content: what is wrong, and where each value of the content was written. */
export type Reading = {
  readonly findings: Finding[];
  readonly spots: Map<string, Position>;
  /** The languages that every text of this drill must have. */
  readonly languages: readonly string[];
};

export type Localized<T> = Readonly<Record<string, T>>;
type Fields = ReadonlyMap<string, Field>;
/** A value of the file, and where it belongs in the content. */
export type Place = { readonly tree: Tree; readonly path: Path };
type Read<T> = (tree: Tree, path: Path) => T | undefined;

const none: Fields = new Map();
const spotOf = (path: Path): string => path.join('/');

/** Remembers where the value at `path` was written. */
export const mark = (reading: Reading, path: Path, at: Position): void => {
  reading.spots.set(spotOf(path), at);
};

/** Where a value was written, or else the nearest value around it. */
export const positionOf = (spots: ReadonlyMap<string, Position>, path: Path): Position => {
  for (let length = path.length; length >= 0; length -= 1) {
    const at = spots.get(spotOf(path.slice(0, length)));
    if (at) return at;
  }
  return { line: 1, column: 1 };
};

export const note = (reading: Reading, finding: Finding): void => {
  reading.findings.push(finding);
};

/** ` (did you mean 'x'?)`, when one of the known names is near enough to be a slip of the finger. */
export const suggestion = (name: string, known: readonly string[]): string => {
  const ranked = known
    .map((candidate) => ({
      candidate,
      edits: distance(name.toLowerCase().slice(0, 64), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= Math.max(2, best.candidate.length / 3)
    ? ` (did you mean '${best.candidate}'?)`
    : '';
};

const kinds = { map: 'named fields', list: 'a list', scalar: 'a single value' } as const;

export const wrongType = (reading: Reading, { tree, path }: Place, expected: string): void => {
  note(reading, { code: 'wrong-type', path, message: `takes ${expected}, not ${kinds[tree.kind]}` });
};

/** The fields of a map; those that are not known are reported and left out. */
export const fieldsOf = (reading: Reading, { tree, path }: Place, known: readonly string[]): Fields => {
  mark(reading, path, tree.at);
  if (tree.kind !== 'map') {
    wrongType(reading, { tree, path }, `fields such as ${known.slice(0, 3).join(', ')}`);
    return none;
  }
  for (const [name, { at }] of tree.fields) {
    const place = [...path, name];
    mark(reading, place, at);
    if (known.includes(name)) continue;
    const message = `'${name.slice(0, 64)}' is not a field here${suggestion(name, known)}`;
    note(reading, { code: 'unknown-field', path: place, message });
  }
  return tree.fields;
};

/** A single value as text, exactly as it was written: `20`, `true` and `007` are texts here. */
export const textOf = (reading: Reading, tree: Tree, path: Path): string | undefined => {
  mark(reading, path, tree.at);
  if (tree.kind === 'scalar') return tree.text;
  wrongType(reading, { tree, path }, 'a text');
  return undefined;
};

/** A text that trainees read or write: it must not lose its end to a comment. */
export const spokenOf = (reading: Reading, tree: Tree, path: Path): string | undefined => {
  const text = textOf(reading, tree, path);
  if (tree.kind === 'scalar' && tree.dropped !== undefined)
    note(reading, {
      code: 'text-cut-short',
      path,
      message: `the text ends before '${tree.dropped.slice(0, 40)}': put it in quotes`,
    });
  return text;
};

/** A single value as YAML understands it: a number, true or false, a text. */
export const valueOf = (reading: Reading, tree: Tree, path: Path): unknown => {
  mark(reading, path, tree.at);
  if (tree.kind === 'scalar') return tree.value;
  wrongType(reading, { tree, path }, 'a single value');
  return undefined;
};

/** A list, each item by `read`; a single value stands for a list of itself. */
export const listOf = <T>(reading: Reading, { tree, path }: Place, read: Read<T>): T[] => {
  mark(reading, path, tree.at);
  const items = tree.kind === 'list' ? tree.items : [tree];
  return items.flatMap((item, index) => read(item, [...path, index]) ?? []);
};

const asLanguage = (language: string): Pick<Finding, 'language'> => {
  const parsed = languageSchema.safeParse(language);
  return parsed.success ? { language: parsed.data } : {};
};

/** Reports the languages of the drill that `found` lacks. */
export const requireLanguages = (reading: Reading, path: Path, found: Iterable<string>): void => {
  const present = new Set(found);
  for (const language of reading.languages.filter((candidate) => !present.has(candidate)))
    note(reading, {
      code: 'missing-language',
      path,
      message: `the text in '${language}' is missing`,
      ...asLanguage(language),
    });
};

/** Whether a map is written by language: `{ en: …, es: … }`. */
export const isByLanguage = (tree: Tree): tree is Extract<Tree, { kind: 'map' }> =>
  tree.kind === 'map' &&
  tree.fields.size > 0 &&
  [...tree.fields.keys()].every((key) => /^[a-z]{2}$/.test(key));

const single = <T>(reading: Reading, { tree, path }: Place, read: Read<T>): Localized<T> | undefined => {
  const [only, ...others] = reading.languages;
  if (only !== undefined && others.length === 0) {
    const value = read(tree, [...path, only]);
    return value === undefined ? undefined : { [only]: value };
  }
  wrongType(reading, { tree, path }, `one value for each language: ${reading.languages.join(', ')}`);
  return undefined;
};

const undeclared = (reading: Reading, path: Path, language: string): void => {
  const message = `'${language.slice(0, 64)}' is not a language of this drill (${reading.languages.join(', ')})`;
  note(reading, { code: 'undeclared-language', path, message });
};

/** One value for each language of the drill; a drill of one language may write the value alone. */
export const byLanguage = <T>(reading: Reading, place: Place, read: Read<T>): Localized<T> | undefined => {
  const { tree, path } = place;
  mark(reading, path, tree.at);
  if (tree.kind !== 'map') return single(reading, place, read);
  const values = new Map<string, T>();
  for (const [language, field] of tree.fields) {
    const below = [...path, language];
    mark(reading, below, field.at);
    if (!reading.languages.includes(language)) {
      undeclared(reading, below, language);
      continue;
    }
    const value = read(field.tree, below);
    if (value !== undefined) values.set(language, value);
  }
  return Object.fromEntries(values);
};

/** A text in every language of the drill. */
export const localizedText = (reading: Reading, place: Place): Localized<string> | undefined => {
  const texts = byLanguage(reading, place, (tree, path) => spokenOf(reading, tree, path));
  if (texts) requireLanguages(reading, place.path, Object.keys(texts));
  return texts;
};

/** Lists of texts by language; not every language needs one. */
export const localizedTexts = (reading: Reading, place: Place): Localized<readonly string[]> | undefined =>
  byLanguage(reading, place, (tree, path) =>
    listOf(reading, { tree, path }, (item, below) => spokenOf(reading, item, below)),
  );
